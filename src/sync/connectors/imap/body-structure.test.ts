import { expect, test } from 'vitest';
import { readStructure } from './body-structure';
import { hasAttachment, toPartFacts } from './part-facts';
import { readTokens } from './tokens';

const structure = (text: string) => readStructure(readTokens(text, [])[0]);
const TEXT = '("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 12 1 NIL NIL NIL NIL)';
const HTML = '("text" "html" NIL NIL NIL "quoted-printable" 99 3)';

test('sections, types and sizes of nested parts', () => {
  const parts = structure(
    `((${TEXT}${HTML} "ALTERNATIVE" ("BOUNDARY" "b"))("application" "pdf" ("name" "a.pdf") NIL NIL "base64" 7800 NIL ("attachment" ("filename*0*" "utf-8''B%C3%BC" "filename*1" "ro.pdf")) NIL NIL) "MIXED" NIL NIL NIL)`,
  );
  expect(parts.map(({ section, mediaType }) => [section, mediaType])).toEqual([
    ['1.1', 'text/plain'],
    ['1.2', 'text/html'],
    ['2', 'application/pdf'],
  ]);
  const facts = toPartFacts(parts);
  expect(facts).toEqual([
    {
      section: '2',
      filename: 'Büro.pdf',
      mediaType: 'application/pdf',
      size: 5700,
      contentId: null,
      inline: false,
    },
  ]);
  expect(hasAttachment(facts)).toBe(true);
});

test('a picture of the text is no attachment, a single part is section 1', () => {
  const related = structure(
    `(${HTML}("image" "png" NIL "<logo@x>" NIL "base64" 78 NIL ("inline" NIL)) "related")`,
  );
  const facts = toPartFacts(related);
  expect(facts).toMatchObject([{ section: '2', contentId: 'logo@x', inline: true }]);
  expect(hasAttachment(facts)).toBe(false);
  expect(structure(TEXT)).toMatchObject([{ section: '1', parentType: '' }]);
});

test.each(['NIL', '()', '("text")', '(NIL NIL NIL NIL NIL NIL NIL)', '((((', '(() "mixed")'])(
  'nonsense gives no harm: %s',
  (text) => {
    expect(() => {
      try {
        toPartFacts(structure(text));
      } catch (error) {
        if (!(error instanceof Error) || error.constructor.name !== 'WireSyntaxError') throw error;
      }
    }).not.toThrow();
  },
);

test('an attached message is one part', () => {
  const parts = structure(
    `("message" "rfc822" NIL NIL NIL "7bit" 500 ("date" "subject" NIL NIL NIL NIL NIL NIL NIL NIL) ${TEXT} 9 NIL ("attachment" ("filename" "fwd.eml")))`,
  );
  expect(toPartFacts(parts)).toMatchObject([
    { section: '1', mediaType: 'message/rfc822', filename: 'fwd.eml' },
  ]);
});
