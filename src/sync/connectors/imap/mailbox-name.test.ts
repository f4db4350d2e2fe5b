import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalMailboxName,
  decodeMailboxName,
  encodeMailboxName,
  keyOfUtf8,
  utf8OfKey,
} from './mailbox-name';

test.each([
  ['&ZeVnLA-', '日本'],
  ['~peter/mail/&U,BTFw-/&ZeVnLIqe-', '~peter/mail/台北/日本語'],
  ['Tom &- Jerry', 'Tom & Jerry'],
  ['Entw&APw-rfe', 'Entwürfe'],
  ['&2D3eAA-', '😀'],
])('%s is %s', (wire, name) => {
  expect(decodeMailboxName(wire)).toBe(name);
  expect(encodeMailboxName(name)).toBe(wire);
});

test('every name a person can type comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const wire = encodeMailboxName(name);
      expect(wire).toMatch(/^[\x20-\x7e]*$/);
      expect(decodeMailboxName(wire)).toBe(name);
    }),
  );
});

test('what cannot be decoded stays as it came', () => {
  expect(decodeMailboxName('&ZeV-')).toBe('日');
  expect(decodeMailboxName('R&D')).toBe('R&D');
  expect(decodeMailboxName('&%%-x')).toBe('\uFFFD%%-x');
  expect(decodeMailboxName('Entw\xfcrfe')).toContain('\uFFFD');
  expect(decodeMailboxName(Buffer.from('Entwürfe').toString('latin1'))).toBe('Entwürfe');
});

test('INBOX has no case, whole or as the first level; other names do', () => {
  expect(canonicalMailboxName('InBox', '/')).toBe('INBOX');
  expect(canonicalMailboxName('inbox.Sub', '.')).toBe('INBOX.Sub');
  expect(canonicalMailboxName('Inboxes', '/')).toBe('Inboxes');
  expect(canonicalMailboxName('Work/inbox', '/')).toBe('Work/inbox');
});

test('in UTF-8 a name has the same key and comes back as it was, also where it is neither', () => {
  const bytes = (text: string) => Buffer.from(text).toString('latin1');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      fc.pre(!name.includes('\uFFFD'));
      expect(keyOfUtf8(bytes(name))).toBe(encodeMailboxName(name));
      expect(utf8OfKey(keyOfUtf8(bytes(name)))).toBe(bytes(name));
    }),
  );
  for (const raw of ['Entw\xfcrfe', '&%%-x\xff']) expect(utf8OfKey(keyOfUtf8(raw))).toBe(raw);
});
