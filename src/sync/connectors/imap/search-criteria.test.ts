import { expect, test } from 'vitest';
import { parseQuery } from '../../../shared/search/parse-query';
import { searchCriteria } from './search-criteria';
import type { Argument } from './wire';

const NOW = new Date(2026, 2, 18, 15).getTime();

/** As it goes over the wire, literals in braces. */
function shown(args: readonly Argument[]): string {
  return args
    .map((arg) => {
      if (Array.isArray(arg)) return `(${shown(arg)})`;
      const one = arg as Exclude<Argument, readonly Argument[]>;
      if (one.type === 'LITERAL') return `{${Buffer.from(one.value).toString('utf8')}}`;
      return one.type === 'STRING' ? `"${one.value}"` : one.value;
    })
    .join(' ');
}

function criteria(query: string): { text: string; untranslated: readonly string[] } {
  const { root } = parseQuery(query, { typing: false });
  if (root === null) throw new Error('nothing was asked');
  const { args, untranslated } = searchCriteria(root, NOW);
  return { text: shown(args), untranslated };
}

test.each([
  ['budget', 'TEXT "budget"'],
  ['annual report', 'TEXT "annual" TEXT "report"'],
  ['"annual report"', 'TEXT "annual report"'],
  ['from:anna subject:x body:y to:a cc:b bcc:c', 'FROM "anna" SUBJECT "x" BODY "y" TO "a" CC "b" BCC "c"'],
  ['with:anna', 'OR (FROM "anna") (OR (TO "anna") (OR (CC "anna") (BCC "anna")))'],
  ['a OR b OR c', 'OR (TEXT "a") (OR (TEXT "b") (TEXT "c"))'],
  ['-a', 'NOT (TEXT "a")'],
  ['-(a b)', 'NOT (TEXT "a" TEXT "b")'],
  ['is:unread is:starred is:answered is:read is:draft', 'UNSEEN FLAGGED ANSWERED SEEN DRAFT'],
  ['is:forwarded label:todo has:star', 'KEYWORD $Forwarded KEYWORD todo FLAGGED'],
  ['larger:10k smaller:2m', 'LARGER 10000 SMALLER 2000000'],
  ['before:2026-03-01 after:2026-02-01', 'BEFORE 1-Mar-2026 SINCE 1-Feb-2026'],
  ['on:yesterday', 'SINCE 17-Mar-2026 BEFORE 18-Mar-2026'],
  ['older_than:3d', 'BEFORE 15-Mar-2026'],
  ['newer_than:2w', 'SINCE 4-Mar-2026'],
  ['msgid:<a@b> list:x header:X-Y=z', 'HEADER "Message-ID" "<a@b>" HEADER "List-Id" "x" HEADER "X-Y" "z"'],
  ['größe', 'CHARSET UTF-8 TEXT {größe}'],
  ['-(from:東京 OR a)', 'CHARSET UTF-8 NOT (OR (FROM {東京}) (TEXT "a"))'],
])('asks the server for %s', (query, expected) => {
  expect(criteria(query)).toEqual({ text: expected, untranslated: [] });
});

test.each([
  // Of an AND the rest is asked; an OR or a NOT with something unknown in it is not.
  ['budget has:pdf', 'TEXT "budget"', ['has:pdf']],
  ['budget filename:x.pdf', 'TEXT "budget"', ['filename:x.pdf']],
  ['is:snoozed', '', ['is:snoozed']],
  ['budget (a OR has:pdf)', 'TEXT "budget"', ['has:pdf']],
  ['budget -(a has:pdf)', 'TEXT "budget"', ['has:pdf']],
  ['label:"two words" x', 'TEXT "x"', ['label:two words']],
])('says what of %s the server does not know', (query, text, untranslated) => {
  expect(criteria(query)).toEqual({ text, untranslated });
});

test('a text that breaks out of its quotes cannot become a command', () => {
  expect(criteria('subject:"a\r\nLOGOUT"').text).toBe('SUBJECT {a\r\nLOGOUT}');
});
