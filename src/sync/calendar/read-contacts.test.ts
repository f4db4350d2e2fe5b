import { expect, test } from 'vitest';
import { MAX_SHOWN } from './limits';
import { readContacts } from './read-contacts';

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const first = (text: string) => readContacts(text)?.contacts[0];

test('a contact is read with all its ways to be reached', () => {
  const text = card(
    'VERSION:4.0',
    'FN:Anna Meer',
    'ORG:Harbour;Pilots',
    'TITLE:Pilot',
    'EMAIL;TYPE=work:anna@example.org',
    'TEL;VALUE=uri;TYPE="cell,voice":tel:+49-30-1234',
    'item1.ADR;TYPE=HOME:;;Quay 3;Port Town;;12345;Norway',
    'URL:https://example.org',
    'BDAY:--0412',
    'NOTE:Speaks\\nthree languages',
    'PHOTO;ENCODING=b:AAAA',
  );
  expect(readContacts(text)).toEqual({
    kind: 'contacts',
    more: 0,
    contacts: [
      {
        name: 'Anna Meer',
        organisation: 'Harbour, Pilots',
        title: 'Pilot',
        emails: [{ value: 'anna@example.org', use: 'work' }],
        phones: [{ value: '+49-30-1234', use: 'mobile' }],
        addresses: [{ value: 'Quay 3\n12345 Port Town\nNorway', use: 'home' }],
        links: [{ value: 'https://example.org', use: 'other' }],
        birthday: '--04-12',
        note: 'Speaks\nthree languages',
      },
    ],
  });
});

test('an old card with nameless parameters and quoted-printable text is read', () => {
  const text = card(
    'VERSION:2.1',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg',
    'TEL;CELL;VOICE:+49 170 1',
    'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Gr=FC=\r\n=DFe',
  );
  expect(first(text)).toMatchObject({
    name: 'Jörg Müller',
    phones: [{ value: '+49 170 1', use: 'mobile' }],
    note: 'Grüße',
  });
});

test('hostile files are bounded', () => {
  expect(readContacts(card('VERSION:3.0', 'FN:x').repeat(3000))).toMatchObject({
    contacts: { length: MAX_SHOWN },
    more: 3000 - MAX_SHOWN,
  });
  expect(readContacts('BEGIN:VCARD\r\n'.repeat(10_000))).not.toBeNull();
  expect(readContacts('\0\n'.repeat(10_000))).toBeNull();
  const odd = card('N:;;;;', 'ORG', 'TEL:', 'ADR:;;', 'EMAIL;;=:x', `FN:${';'.repeat(10_000)}`);
  expect(first(odd)).toMatchObject({ emails: [], phones: [], addresses: [] });
});
