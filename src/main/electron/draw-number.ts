/** Width and height of the picture that Windows lays over a taskbar button. */
export const OVERLAY_PX = 16;

/** Digits and plus of 3 by 5 points, a row after the other. */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': '111101101101111',
  '1': '010110010010111',
  '2': '111001111100111',
  '3': '111001111001111',
  '4': '101101111001001',
  '5': '111100111001111',
  '6': '111100111101111',
  '7': '111001001001001',
  '8': '111101111101111',
  '9': '111101111001111',
  '+': '000010111010000',
};
const GLYPH_WIDTH = 3;
const GLYPH_HEIGHT = 5;
const WHITE = [255, 255, 255, 255] as const;
/** Blue, green, red and opacity: the order of bitmaps there. */
const BLUE = [190, 94, 27, 255] as const;

/**
 * A number in a disc as a bitmap (BGRA): one digit twice as large as two; what has three is more than can be read and
 * shown as 9+.
 */
export function drawNumber(value: number): Buffer {
  const text = value > 99 ? '9+' : String(value);
  const scale = text.length === 1 ? 2 : 1;
  const bitmap = Buffer.alloc(OVERLAY_PX * OVERLAY_PX * 4);
  const paint = (x: number, y: number, colour: readonly number[]): void => {
    bitmap.set(colour, (y * OVERLAY_PX + x) * 4);
  };
  const centre = (OVERLAY_PX - 1) / 2;
  for (let y = 0; y < OVERLAY_PX; y += 1)
    for (let x = 0; x < OVERLAY_PX; x += 1)
      if (Math.hypot(x - centre, y - centre) <= OVERLAY_PX / 2) paint(x, y, BLUE);
  const width = text.length * (GLYPH_WIDTH + 1) - 1;
  const left = Math.round((OVERLAY_PX - width * scale) / 2);
  const top = Math.round((OVERLAY_PX - GLYPH_HEIGHT * scale) / 2);
  for (const [at, character] of [...text].entries()) {
    const points = GLYPHS[character] ?? '';
    for (let y = 0; y < GLYPH_HEIGHT * scale; y += 1)
      for (let x = 0; x < GLYPH_WIDTH * scale; x += 1)
        if (points[Math.floor(y / scale) * GLYPH_WIDTH + Math.floor(x / scale)] === '1')
          paint(left + at * (GLYPH_WIDTH + 1) * scale + x, top + y, WHITE);
  }
  return bitmap;
}
