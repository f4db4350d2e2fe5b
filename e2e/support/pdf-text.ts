import { inflateSync } from 'node:zlib';

/**
 * The text of a PDF as Chromium writes them, once for every font: its glyphs stand as hexadecimal numbers, and each
 * font says which characters its numbers mean. Read with another font's table the text is nonsense.
 */
export function pdfTexts(pdf: Buffer): string[] {
  const streams = inflatedStreams(pdf);
  const glyphs = streams
    .filter((stream) => /\bT[jJ]\b/.test(stream))
    .flatMap((stream) => [...stream.matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, hex = '']) => hex))
    .join('');
  return streams.filter((stream) => stream.includes('beginbf')).map((table) => decode(glyphs, table));
}

function inflatedStreams(pdf: Buffer): string[] {
  const found: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 1)) {
    const end = pdf.indexOf('endstream', at);
    try {
      found.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'));
    } catch {
      // Not a compressed stream.
    }
  }
  return found;
}

function decode(glyphs: string, table: string): string {
  const meaning = new Map<number, number>();
  for (const [, block = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w{4})/g))
      meaning.set(Number.parseInt(from, 16), Number.parseInt(to, 16));
  for (const [, block = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', last = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w{4})/g))
      for (let glyph = Number.parseInt(from, 16); glyph <= Number.parseInt(last, 16); glyph += 1)
        meaning.set(glyph, Number.parseInt(to, 16) + glyph - Number.parseInt(from, 16));
  const codes = glyphs.match(/.{4}/g) ?? [];
  return codes.map((code) => String.fromCharCode(meaning.get(Number.parseInt(code, 16)) ?? 0xfffd)).join('');
}
