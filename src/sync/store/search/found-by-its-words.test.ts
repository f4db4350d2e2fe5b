import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import { findPage, giveText, indexEverything } from '../../../../test/fakes/searchable-store';
import type { MessageId } from '../../../shared/domain';
import { termsOf } from './words';

let opened: TestStore;
let account: TestAccount;
let uid = 0;
beforeAll(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterAll(() => opened.remove());

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'aßéЖ東山ก ข가다あー’-.0１ﬁ\u0301\u200b𠮷أ ไ्ह'), maxLength: 40 }),
);

function idOf(subject: string, body: string): MessageId {
  uid++;
  const { added } = observe(opened.store, account.inbox, {
    insert: [observed(uid, { headers: { subject } })],
  });
  const id = added[0] as MessageId;
  giveText(opened.store, id, body);
  indexEverything(opened.store);
  return id;
}

function finds(query: string): number[] {
  return findPage(opened.store, query, 0).rows.map(({ messageId }) => messageId);
}

test('every message is found by each of its words, wherever they stand and whatever they are written in', () => {
  fc.assert(
    fc.property(text, text, (subject, body) => {
      const id = idOf(subject, body);
      for (const term of termsOf(subject).slice(0, 8)) {
        // What begins with a vowel sign is no word a person could type by itself.
        if (/^\p{M}/u.test(term)) continue;
        expect(finds(`subject:"${term}" thread:${threadOf(id)}`)).toContain(id);
      }
      for (const term of termsOf(body).slice(0, 8)) {
        if (/^\p{M}/u.test(term)) continue;
        expect(finds(`body:"${term}" thread:${threadOf(id)}`)).toContain(id);
      }
    }),
    { numRuns: 60 },
  );
});

test('no query breaks a search, and no hit lies outside of where was looked', () => {
  const pieces = fc.constantFrom(
    '"',
    "'",
    '*',
    '(',
    ')',
    '^',
    '{',
    '}',
    ':',
    '-',
    'NEAR',
    'OR',
    'NOT',
    'AND',
    'from:',
    'in:',
    'header:',
    '~',
    '\\',
    '%',
    ';',
    '--',
    'a',
    'é',
    '東',
    ' ',
    '\0',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        fc.array(pieces, { maxLength: 30 }).map((some) => some.join('')),
      ),
      fc.constantFrom('newest', 'relevance'),
      fc.boolean(),
      fc.oneof(fc.constant(null), fc.string({ maxLength: 30 })),
      (query, sort, typing, cursor) => {
        const page = findPage(opened.store, query, 0, { sort: sort as 'newest', typing, cursor });
        for (const { subject, subjectMarks, snippet, snippetMarks } of page.rows) {
          expect(subjectMarks.every(([from, to]) => from < to && to <= subject.length)).toBe(true);
          expect(snippetMarks.every(([from, to]) => from < to && to <= snippet.length)).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});

function threadOf(id: MessageId): number {
  return opened.store.read.prepare('SELECT thread_id FROM messages WHERE id = ?').pluck().get(id) as number;
}
