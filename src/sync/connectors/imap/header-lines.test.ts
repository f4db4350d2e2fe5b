import { expect, test } from 'vitest';
import { joinLines, observeLines, splitLines } from './header-lines';
import { MAX_HEADER_BYTES } from './limits';
import { type ResponseLine, readResponseLine } from './response-line';

function line(text: string, literals: readonly Uint8Array[] = []): ResponseLine {
  const read = readResponseLine(Buffer.from(text, 'latin1'), literals);
  if (!read) throw new Error('no response');
  return read;
}
const row = (uid: number, header: string, size = ' RFC822.SIZE 100'): ResponseLine =>
  line(
    `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen)${size} BODY[HEADER.FIELDS (SUBJECT)] {${header.length}}\r\n)`,
    [Buffer.from(header)],
  );

test('responses come out of a block as they went in, bytes of any kind included', () => {
  const lines = [
    row(1, 'Subject: \u00fc\r\n'),
    line('* 2 FETCH (UID 2)'),
    line('* 3 FETCH (UID 3 X {1}\r\n {0}\r\n)', [Buffer.from([0xff]), Buffer.alloc(0)]),
  ];
  const split = splitLines(joinLines(lines, false));
  expect(split.map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
  expect(split.map(({ literals }) => literals.map((bytes) => [...bytes]))).toEqual(
    lines.map(({ literals }) => literals.map((bytes) => [...bytes])),
  );
});

test('an unreadable response is told by its UID and takes no other along; updates in between are no rows', () => {
  const lines = [
    row(1, 'Subject: one\r\n'),
    line('* 2 FETCH (UID 2 FLAGS () BODYSTRUCTURE (("open)'),
    line('* 9 FETCH (UID 9 FLAGS (\\Flagged))'),
    line('* 8 FETCH ((('),
    row(3, 'Subject: three\r\n'),
  ];
  const { messages, broken } = observeLines(joinLines(lines, false));
  expect(messages.map(({ uid, headers }) => [uid, headers.subject])).toEqual([
    [1, 'one'],
    [3, 'three'],
  ]);
  expect(broken).toEqual([2]);
});

test('where only facts were asked for nothing is taken from the header', () => {
  const { messages } = observeLines(joinLines([row(1, 'Subject: one\r\n')], true));
  expect(messages).toMatchObject([{ uid: 1, size: 100, keywords: ['$seen'], headers: { unreadable: true } }]);
});

test('what no header needs of a literal is not carried along', () => {
  const { bytes } = joinLines([row(1, `Subject: one\r\nX: ${'x'.repeat(2 * MAX_HEADER_BYTES)}`)], false);
  expect(bytes.length).toBeLessThan(MAX_HEADER_BYTES + 200);
});
