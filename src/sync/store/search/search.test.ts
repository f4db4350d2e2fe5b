import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import {
  type FindOptions,
  findPage,
  giveText,
  indexEverything,
} from '../../../../test/fakes/searchable-store';
import { MAX_SEARCHED_TEXTS } from '../../../shared/contract/search-views';
import { type ListId, type MessageId, SMART_LISTS } from '../../../shared/domain';
import type { HeaderFacts, ObservedMessage } from '../../../shared/observation';

let opened: TestStore;
let account: TestAccount;
let uid = 0;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  uid = 0;
});
afterEach(() => opened.remove());

/** A message that is found by its subject. */
function put(
  subject: string,
  headers: Partial<HeaderFacts> = {},
  facts: Partial<Omit<ObservedMessage, 'headers'>> & { readonly in?: keyof TestAccount } = {},
): MessageId {
  uid++;
  const { in: place = 'inbox', ...rest } = facts;
  const mailboxId = account[place] as TestAccount['inbox'];
  const { added } = observe(opened.store, mailboxId, {
    insert: [observed(uid, { ...rest, headers: { subject, ...headers } })],
  });
  return added[0] as MessageId;
}

function find(query: string, options: FindOptions = {}): string[] {
  indexEverything(opened.store);
  return findPage(opened.store, query, opened.clock.now(), options).rows.map(({ subject }) => subject);
}

const person = (name: string, address: string) => ({ name, address });

test('SYNC-361 all words must be there, and trash and junk are searched only where one looks there', () => {
  put('red fox');
  put('red hen');
  put('red in the bin', {}, { in: 'trash' });
  put('red and unwanted', {}, { in: 'junk' });
  expect(find('red')).toEqual(['red hen', 'red fox']);
  expect(find('red fox')).toEqual(['red fox']);
  expect(find('red', { everywhere: true })).toHaveLength(4);
  expect(find('red in:anywhere')).toHaveLength(4);
  expect(find('red in:trash')).toEqual(['red in the bin']);
  expect(find('red in:spam')).toEqual(['red and unwanted']);
  expect(find('red', { scope: { kind: 'list', listId: account.trash as number as ListId } })).toEqual([
    'red in the bin',
  ]);
  expect(find('', { scope: { kind: 'list', listId: account.inbox as number as ListId } })).toHaveLength(2);
  const searched = (query: string, everywhere: boolean) =>
    findPage(opened.store, query, 0, { everywhere }).searched;
  expect(searched('red', false)).toEqual({ scope: { kind: 'everywhere' }, trashAndJunk: false });
  expect(searched('red', true).trashAndJunk).toBe(true);
  expect(searched('red in:trash', false).trashAndJunk).toBe(true);
  expect(find('')).toEqual([]);
  expect(find('🎉')).toEqual([]);
  expect(find('red & fox')).toEqual(['red fox']);
});

test('SYNC-362 subject, people, text, quoted replies and names of attachments are searched', () => {
  const id = put('Subjectword', {
    from: [person('Fromname Müller', 'from.address@mail.example.co.uk')],
    to: [person('Toname', 'to@example.org')],
    cc: [person('Ccname', 'cc@example.org')],
    bcc: [person('Bccname', 'bcc@example.org')],
    listId: 'hikers.example.net',
  });
  expect(find('bodyword')).toEqual([]);
  giveText(opened.store, id, 'bodyword\n> quotedword', ['Filename-2026.pdf']);
  for (const word of [
    'subjectword',
    'fromname',
    'muller',
    'toname',
    'ccname',
    'bccname',
    'bodyword',
    'quotedword',
    'filename',
    'list:hikers',
    'subject:subjectword',
    'from:fromname',
    'to:toname',
    'cc:ccname',
    'bcc:bccname',
    'with:bccname',
    'body:quotedword',
    'filename:2026.pdf',
    'has:attachment',
    'has:pdf',
    'type:pdf',
  ])
    expect(find(word), word).toEqual(['Subjectword']);
  for (const word of ['subject:bodyword', 'body:subjectword', 'from:toname', 'to:me has:image'])
    expect(find(word), word).toEqual([]);
});

test('SYNC-366 an address is found whole, by its local part, its domains and its pieces', () => {
  put('hit', { from: [person('', 'anna.maria@mail.example.com')] });
  put('other', { from: [person('', 'a.maria@example.com')] });
  for (const query of [
    'from:anna.maria@mail.example.com',
    'from:anna.maria',
    'from:anna',
    'from:mail.example.com',
    'anna.maria@',
  ])
    expect(find(query), query).toEqual(['hit']);
  expect(find('from:example.com')).toEqual(['other', 'hit']);
  expect(find('from:a.maria@')).toEqual(['other']);
});

test('SYNC-367 a beginning of three letters finds the word while it is typed, one character where there are no spaces', () => {
  put('quarterly report');
  put('富士山');
  expect(find('repo', { typing: true })).toEqual(['quarterly report']);
  expect(find('quart repo', { typing: true })).toEqual([]);
  expect(find('quarterly rep', { typing: true })).toEqual(['quarterly report']);
  expect(find('re', { typing: true })).toEqual([]);
  expect(find('rep ', { typing: true })).toEqual([]);
  expect(find('repo')).toEqual([]);
  expect(find('repo*')).toEqual(['quarterly report']);
  expect(find('富', { typing: true })).toEqual(['富士山']);
  expect(find('山', { typing: true })).toEqual(['富士山']);
});

test('SYNC-368 a piece inside a word is found in subjects, names and files, and in texts by looking through them', () => {
  const id = put('Unbreakable', { from: [person('Kowalska', 'x@example.org')] });
  giveText(opened.store, id, 'Donaudampfschifffahrt', ['Jahresbericht.pdf']);
  for (const query of [
    '"~break~"',
    'subject:"~break~"',
    'from:"~wals~"',
    'filename:"~richt~"',
    'body:"~dampf~"',
  ])
    expect(find(query), query).toEqual(['Unbreakable']);
  expect(find('subject:"~wals~"')).toEqual([]);
  expect(find('"~dampf~"')).toEqual([]);
  expect(find('dampf')).toEqual([]);
});

test('SYNC-368 looking through texts tells of its progress, page by page, and ends at its limit', () => {
  const ids = Array.from({ length: 500 }, (_, at) => put(`n${at}`));
  giveText(opened.store, ids[0] as MessageId, 'xxneedlexx');
  indexEverything(opened.store);
  const first = findPage(opened.store, 'body:"~needle~"', opened.clock.now());
  expect([first.rows.length, first.count, first.next === null]).toEqual([0, null, false]);
  const second = findPage(opened.store, 'body:"~needle~"', opened.clock.now(), { cursor: first.next });
  expect(second.rows.map(({ subject }) => subject)).toEqual(['n0']);
  expect(second.next).toBeNull();
  // A hundred texts before the limit: the needle lies behind it.
  const cursor = `${Number.MAX_SAFE_INTEGER}.${MAX_SEARCHED_TEXTS - 100}.`;
  const last = findPage(opened.store, 'body:"~needle~"', opened.clock.now(), { cursor });
  expect([last.rows.length, last.next]).toEqual([0, null]);
});

test('filters ask what is on screen', () => {
  put('plain');
  put('seen', {}, { keywords: ['$seen'], size: 5_000_000 });
  put('starred', {}, { keywords: ['$flagged', '$seen'] });
  put('tagged', {}, { keywords: ['todo'] });
  put('sent one', { from: [person('', 'me@example.org')] }, { in: 'sent', keywords: ['$seen'] });
  expect(find('is:unread')).toEqual(['tagged', 'plain']);
  expect(find('is:read')).toEqual(['sent one', 'starred', 'seen']);
  expect(find('is:starred')).toEqual(['starred']);
  expect(find('has:star')).toEqual(['starred']);
  expect(find('is:sent')).toEqual(['sent one']);
  expect(find('label:todo')).toEqual(['tagged']);
  expect(find('keyword:TODO')).toEqual(['tagged']);
  expect(find('label:sent')).toEqual(['sent one']);
  expect(find('larger:1m')).toEqual(['seen']);
  expect(find('in:inbox -is:unread')).toEqual(['starred', 'seen']);
  expect(find('is:(unread OR starred)')).toEqual(['tagged', 'starred', 'plain']);
  expect(find('account:test is:starred')).toEqual(['starred']);
  expect(find('account:nobody')).toEqual([]);
  expect(find('from:me')).toEqual(['sent one']);
  expect(find('to:me plain')).toEqual(['plain']);
  expect(find('plain OR is:starred')).toEqual(['starred', 'plain']);
  expect(find('-plain is:unread')).toEqual(['tagged']);
  expect(find('', { scope: { kind: 'list', listId: SMART_LISTS.starred as number as ListId } })).toEqual([
    'starred',
  ]);
});

test('dates are local days of when it was received', () => {
  const at = (month: number, day: number) => new Date(2026, month - 1, day, 12).getTime();
  put('first of March', {}, { receivedAt: at(3, 1) });
  put('second of March', {}, { receivedAt: at(3, 2) });
  put('April', {}, { receivedAt: at(4, 1) });
  expect(find('on:2026-03-01')).toEqual(['first of March']);
  expect(find('before:2026-03-02')).toEqual(['first of March']);
  expect(find('after:2026-03-02')).toEqual(['April', 'second of March']);
  expect(find('after:2026-03 before:2026-04')).toEqual(['second of March', 'first of March']);
  expect(find('march on:2026-03-02')).toEqual(['second of March']);
});

test('exact lookups', () => {
  const id = put('exact', { messageId: 'abc@example.org', listId: 'hikers.example.org', precedence: 'bulk' });
  const threadId = opened.store.read.prepare('SELECT thread_id FROM messages WHERE id = ?').pluck().get(id);
  put('other');
  expect(find('msgid:<abc@example.org>')).toEqual(['exact']);
  expect(find(`thread:${threadId}`)).toEqual(['exact']);
  expect(find('header:precedence=bulk')).toEqual(['exact']);
  expect(find('header:list-id')).toEqual(['exact']);
  expect(find('header:x-unknown=1')).toEqual([]);
  expect(find('msgid:nobody@example.org')).toEqual([]);
});

test('SYNC-363 pages follow each other newest first without a gap, also within one second', () => {
  for (let at = 0; at < 25; at++) put(`same ${at}`, {}, { receivedAt: 1_700_000_000_000 + (at % 3) });
  indexEverything(opened.store);
  const seen: number[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = findPage(opened.store, 'same', opened.clock.now(), { cursor, limit: 7 });
    expect(page.count).toBe(25);
    seen.push(...page.rows.map(({ messageId }) => messageId));
    cursor = page.next;
    if (cursor === null) break;
  }
  expect(seen).toHaveLength(25);
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  const rowids = opened.store.read.prepare('SELECT rowid FROM search_docs').pluck().all() as number[];
  expect(rowids.every((rowid) => rowid < 2 ** 52 && Number.isSafeInteger(rowid))).toBe(true);
  expect(rowids.every((rowid) => Math.floor(rowid / 2 ** 20) === 1_700_000_000)).toBe(true);
});

test('by relevance what has the words in its subject comes before what only quotes them', () => {
  put('Budget of the year');
  const id = put('Lunch');
  giveText(opened.store, id, 'no budget for lunch');
  expect(find('budget')).toEqual(['Lunch', 'Budget of the year']);
  expect(find('budget', { sort: 'relevance' })).toEqual(['Budget of the year', 'Lunch']);
});

test('what goes is found no more, and what moves is found where it went', () => {
  put('moving', {}, { identity: 'x' });
  expect(find('moving in:inbox')).toEqual(['moving']);
  observe(opened.store, account.work, {
    insert: [observed(9, { identity: 'x', headers: { subject: 'moving' } })],
  });
  observe(opened.store, account.inbox, { remove: [[1, 1]] });
  expect(find('moving in:inbox')).toEqual([]);
  expect(find('moving in:work')).toEqual(['moving']);
  observe(opened.store, account.work, { remove: [[9, 9]] });
  expect(find('moving')).toEqual([]);
});

test('a result says how much of each account it could see, by the counters of the meter', () => {
  const id = put('one');
  put('two');
  const coverage = () => findPage(opened.store, 'x', opened.clock.now()).coverage;
  expect(coverage()).toMatchObject([{ messages: 2, indexedHeaders: 0, indexedBodies: 0, complete: false }]);
  indexEverything(opened.store);
  expect(coverage()).toMatchObject([
    { messages: 2, indexedHeaders: 2, indexedBodies: 0, bodiesSince: '2020-09-14', complete: false },
  ]);
  giveText(opened.store, id, 'text');
  indexEverything(opened.store);
  expect(coverage()).toMatchObject([{ indexedHeaders: 2, indexedBodies: 1, complete: false }]);
  giveText(opened.store, (id + 1) as MessageId, 'text');
  const { archive, trash, junk, sent, work } = account;
  for (const mailboxId of [archive, trash, junk, sent, work]) observe(opened.store, mailboxId, {});
  indexEverything(opened.store);
  expect(coverage()).toEqual([
    {
      accountId: account.accountId,
      messages: 2,
      indexedHeaders: 2,
      indexedBodies: 2,
      bodiesSince: null,
      complete: true,
    },
  ]);
});

test('SYNC-375 what was found is marked in the subject and in the best part of the text', () => {
  const id = put('Der Große Bericht über Zürich');
  giveText(
    opened.store,
    id,
    `${'Nothing to see. '.repeat(40)}At last the strasse and the bericht are here, <b>bericht</b>.`,
  );
  indexEverything(opened.store);
  const [row] = findPage(opened.store, 'grosse bericht strasse', opened.clock.now()).rows;
  const cut = (text: string, marks: readonly (readonly [number, number])[]): string[] =>
    marks.map(([from, to]) => text.slice(from, to));
  expect(row && cut(row.subject, row.subjectMarks)).toEqual(['Große', 'Bericht']);
  expect(row && cut(row.snippet, row.snippetMarks)).toEqual(['strasse', 'bericht', 'bericht']);
  expect(row?.snippet).toContain('<b>bericht</b>');
  expect(row?.where).toEqual([{ mailboxId: account.inbox, path: 'INBOX' }]);
});
