import { expect, test } from 'vitest';
import { parseInternalDate, readFetchRow, uidOfBrokenRow } from './fetch-row';
import { readResponseLine } from './response-line';

function row(text: string, literals: string[] = []) {
  const line = readResponseLine(
    Buffer.from(text, 'latin1'),
    literals.map((literal) => Buffer.from(literal)),
  );
  return line && readFetchRow(line);
}

test('all items of a row, in any order and case', () => {
  const read = row(
    '* 3 FETCH (body[header.fields (subject)] {12}\r\n rfc822.size 77 UID 9 FLAGS (\\Seen) MODSEQ (42) EMAILID (M1) INTERNALDATE "20-Nov-2026 10:00:00 +0100" BODY[] "hi")',
    ['Subject: x\r\n'],
  );
  expect(read).toMatchObject({
    uid: 9,
    size: 77,
    flags: ['\\Seen'],
    modseq: '42',
    emailId: 'M1',
    threadId: null,
    internalDate: Date.UTC(2026, 10, 20, 9),
  });
  expect(Buffer.from(read?.sections.get('HEADER.FIELDS') ?? []).toString()).toBe('Subject: x\r\n');
  expect(Buffer.from(read?.sections.get('') ?? []).toString()).toBe('hi');
});

test.each([
  '* 1 FETCH (FLAGS ())',
  '* 1 FETCH (UID 0)',
  '* 1 FETCH (UID 4294967296)',
  '* 1 FETCH NIL',
  '* 1 EXISTS',
])('no usable row: %s', (text) => expect(row(text)).toBeNull());

test('an unreadable row still names its message', () => {
  expect(uidOfBrokenRow('* 1 FETCH (UID 31 BODYSTRUCTURE ((("text')).toBe(31);
  expect(uidOfBrokenRow('* 1 FETCH (BODYSTRUCTURE (UID')).toBeNull();
});

test.each([
  ['17-Jul-1996 02:44:25 -0700', Date.UTC(1996, 6, 17, 9, 44, 25)],
  [' 1-Jan-2026 00:00:00 +0000', Date.UTC(2026, 0, 1)],
  ['1-Xxx-2026 00:00:00 +0000', null],
  ['yesterday', null],
])('INTERNALDATE %s', (text, expected) => expect(parseInternalDate(text)).toBe(expected));
