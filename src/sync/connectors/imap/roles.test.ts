import { expect, test } from 'vitest';
import type { ListedMailbox } from './list-line';
import { assignRoles } from './roles';
import { roleByName } from './roles-by-name';

function listed(remoteKey: string, ...attributes: string[]): ListedMailbox {
  return { remoteKey, delimiter: '/', attributes: new Set(attributes) };
}
const rolesOf = (mailboxes: ListedMailbox[], subscribed: string[] = []) =>
  Object.fromEntries(assignRoles(mailboxes, (key) => subscribed.includes(key)));

test('SYNC-037 attributes beat names, compared without case', () => {
  expect(
    rolesOf([listed('INBOX'), listed('Sent'), listed('Ausgang', '\\sent'), listed('Entw&APw-rfe')]),
  ).toEqual({
    INBOX: 'inbox',
    Ausgang: 'sent',
    'Entw&APw-rfe': 'drafts',
  });
});

test('SYNC-037 one mailbox per role: subscribed first, then the shortest name', () => {
  expect(rolesOf([listed('Deleted Items'), listed('Trash'), listed('Papierkorb')])).toEqual({
    Trash: 'trash',
  });
  expect(rolesOf([listed('Deleted Items'), listed('Trash')], ['Deleted Items'])).toEqual({
    'Deleted Items': 'trash',
  });
  expect(rolesOf([listed('A', '\\archive'), listed('B', '\\archive')])).toEqual({ A: 'archive' });
});

test('names count at the top and below INBOX only', () => {
  expect(rolesOf([listed('Customers/Sent')])).toEqual({});
  expect(rolesOf([listed('INBOX'), listed('INBOX/Sent')])).toEqual({ INBOX: 'inbox', 'INBOX/Sent': 'sent' });
});

test.each([
  ['Gesendete Elemente', 'sent'],
  ['Corbeille', 'trash'],
  ['Borradores', 'drafts'],
  ['Posta indesiderata', 'junk'],
  ['Arquivo', 'archive'],
  ['Prullenbak', 'trash'],
  ['Skräppost', 'junk'],
  ['Kladder', 'drafts'],
  ['Søppelpost', 'junk'],
  ['Roskakori', 'trash'],
  ['Wysłane', 'sent'],
  ['Koncepty', 'drafts'],
  ['Lomtár', 'trash'],
  ['Ciorne', 'drafts'],
  ['Πρόχειρα', 'drafts'],
  ['Çöp Kutusu', 'trash'],
  ['Отправленные', 'sent'],
  ['Чернетки', 'drafts'],
  ['ゴミ箱', 'trash'],
  ['已发送', 'sent'],
  ['휴지통', 'trash'],
  ['Projects', null],
])('SYNC-037 %s means %s', (name, role) => expect(roleByName(name)).toBe(role));
