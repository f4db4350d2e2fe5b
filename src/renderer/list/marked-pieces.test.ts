import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFirstMark, markedPieces } from './marked-pieces';

const marks = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), { maxLength: 6 });

test('the pieces together are the text, whatever the marks say', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), marks, (text, given) => {
      const pieces = markedPieces(text, given);
      expect(pieces.map(({ text: piece }) => piece).join('')).toBe(text);
      for (const { text: piece } of pieces) expect(piece.isWellFormed()).toBe(true);
    }),
  );
});

test.each([
  ['Harbour dues', [[0, 7]], ['[Harbour]', ' dues']],
  [
    'a b a',
    [
      [4, 5],
      [0, 1],
    ],
    ['[a]', ' b ', '[a]'],
  ],
  [
    'abcdef',
    [
      [0, 3],
      [2, 5],
    ],
    ['[abc]', '[de]', 'f'],
  ],
  [
    'abc',
    [
      [5, 9],
      [2, 2],
    ],
    ['abc'],
  ],
  ['x😀y', [[0, 2]], ['[x😀]', 'y']],
] as const)('%s', (text, given, expected) => {
  const pieces = markedPieces(
    text,
    given.map(([from, to]) => [from, to]),
  );
  expect(pieces.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))).toEqual(expected);
});

test('a text whose first mark stands far behind begins shortly before it, and the marks stay on their words', () => {
  const text = 'We should decide by Friday, otherwise the supplier cannot hold the meeting room';
  const at = text.indexOf('meeting');
  const cut = fromFirstMark(text, [[at, at + 7]]);
  expect(cut.text).toBe('…hold the meeting room');
  expect(cut.marks.map(([from, to]) => cut.text.slice(from, to))).toEqual(['meeting']);
  expect(fromFirstMark('The meeting', [[4, 11]])).toEqual({ text: 'The meeting', marks: [[4, 11]] });
  expect(fromFirstMark(text, [])).toEqual({ text, marks: [] });
});
