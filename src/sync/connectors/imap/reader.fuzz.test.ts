import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStructure } from './body-structure';
import { readFetchRow } from './fetch-row';
import { joinLines, observeLines } from './header-lines';
import { readListLine } from './list-line';
import { readStatusLine } from './mailbox-status';
import { toPartFacts } from './part-facts';
import { readResponseLine, readStatus } from './response-line';
import { readVanished } from './session';
import { WireSyntaxError } from './tokens';

/** Fragments servers are made of, in any order, with bytes between them. */
const fragment = fc.oneof(
  fc.constantFrom(
    '(',
    ')',
    '"',
    '\\',
    '{3}\r\n',
    '{99}',
    '[',
    ']',
    '<0>',
    'NIL',
    ' ',
    'UID',
    'FLAGS',
    'BODY[',
    'BODY[1]',
    'BODYSTRUCTURE',
    'MODSEQ',
    'INTERNALDATE',
    'RFC822.SIZE',
    'EMAILID',
    '-1',
    '0',
    '4294967296',
    '99999999999999999999',
    '1:*',
    '1:4294967295',
    '\\Seen',
    '"text"',
    '"mixed"',
    '("a" "b")',
    '*',
    '%',
    '&',
    ',',
    ':',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const line = fc
  .tuple(
    fc.constantFrom(
      '* 1 FETCH (UID 1 ',
      '* LIST (',
      '* STATUS x (',
      '* VANISHED ',
      '* ESEARCH ',
      '* OK [',
      'A1 NO [',
      '* ',
    ),
    fc.array(fragment, { maxLength: 40 }),
  )
  .map(([start, rest]) => Buffer.from(start + rest.join(''), 'latin1'));

test('no line makes the readers do anything but answer or call it a syntax error', () => {
  fc.assert(
    fc.property(line, fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 3 }), (payload, literals) => {
      readStatus(payload.toString('latin1'));
      const read = readResponseLine(payload, literals);
      if (!read) return;
      readVanished(read);
      observeLines(joinLines([read, read], false));
      for (const use of [
        readFetchRow,
        readListLine,
        readStatusLine,
        () => read.tokens(),
        () => read.status(),
      ]) {
        try {
          const result = use(read);
          if (result && typeof result === 'object' && 'bodyStructure' in result)
            toPartFacts(readStructure(result.bodyStructure));
        } catch (error) {
          expect(error).toBeInstanceOf(WireSyntaxError);
        }
      }
    }),
    { numRuns: 3000 },
  );
});
