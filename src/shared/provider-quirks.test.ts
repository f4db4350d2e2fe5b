import { expect, test } from 'vitest';
import { QUIRK_FIXTURES } from '../../test/fixtures/provider-quirks';
import { PROVIDER_QUIRKS, type ProviderQuirk, quirksOf } from './provider-quirks';

test('SYNC-028 every entry of the table has its reason and a fixture: a server it is about, what follows, and a look-alike', () => {
  expect(PROVIDER_QUIRKS.map(({ name }) => name)).toEqual(Object.keys(QUIRK_FIXTURES));
  const ordinary = quirksOf({ host: 'mail.example.org' });
  expect(ordinary).toEqual({
    passwordsRefused: false,
    without: [],
    filesSentCopy: false,
    maxConnections: 3,
    labels: 'mailboxes',
  });
  for (const entry of PROVIDER_QUIRKS) {
    expect(entry.why).toMatch(/^[A-Z].{30,}\.?"?$/);
    const fixture = QUIRK_FIXTURES[entry.name];
    if (!fixture) throw new Error(entry.name);
    expect(quirksOf(fixture.server)).toMatchObject(fixture.follows);
    // It is this entry that says so, and of others it says nothing.
    expect(quirksOf(fixture.server, [entry])).toEqual({ ...ordinary, ...entry.quirks });
    expect(quirksOf(fixture.lookAlike, [entry])).toEqual(ordinary);
  }
});

test('SYNC-028 a server is known by its name, by what it advertises or by what it says of itself; switches add up, the least limit counts', () => {
  const table: ProviderQuirk[] = [
    { name: 'a', of: { host: /^a\./ }, why: '', quirks: { without: ['QRESYNC', 'IDLE'], maxConnections: 2 } },
    {
      name: 'b',
      of: { capability: 'XB' },
      why: '',
      quirks: { without: ['MOVE', 'IDLE'], maxConnections: 1 },
    },
    {
      name: 'c',
      of: { id: { name: /^Cyrus/, version: /^3\.6/ } },
      why: '',
      quirks: { filesSentCopy: true, labels: 'gmail' },
    },
    { name: 'd', of: { host: /^a\./, capability: 'XB' }, why: '', quirks: { passwordsRefused: true } },
  ];
  const capabilities = new Set(['XB']);
  const id = { name: 'Cyrus IMAPD', version: '3.6.1-Debian' };
  expect(quirksOf({ host: 'A.example', capabilities, id }, table)).toEqual({
    passwordsRefused: true,
    without: ['QRESYNC', 'IDLE', 'MOVE'],
    filesSentCopy: true,
    maxConnections: 1,
    labels: 'gmail',
  });
  expect(quirksOf({ host: 'a.example' }, table)).toMatchObject({
    passwordsRefused: false,
    maxConnections: 2,
  });
  expect(quirksOf({ host: 'b.example', id: { ...id, version: '3.8' } }, table)).toMatchObject({
    labels: 'mailboxes',
  });
});
