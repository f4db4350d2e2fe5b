/**
 * True when `value` would take more than `limit` bytes as JSON, roughly; stops counting as soon as it knows. Nothing is
 * written out for it, so a huge payload costs no more than the limit.
 */
export function isLargerThan(value: unknown, limit: number): boolean {
  let left = limit;
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const item = stack.pop();
    if (typeof item === 'string') left -= item.length > left ? item.length : Buffer.byteLength(item) + 2;
    else if (ArrayBuffer.isView(item)) left -= item.byteLength;
    else if (typeof item === 'object' && item !== null) {
      left -= 2;
      if (left < 0) return true;
      if (Array.isArray(item)) {
        // Each element costs at least its comma, so a long array is found too long before it is walked.
        if (item.length > left) return true;
        stack.push(...chunked(item));
      } else {
        for (const key in item) {
          left -= key.length + 4;
          if (left < 0) return true;
          stack.push((item as Record<string, unknown>)[key]);
        }
      }
    } else left -= 5;
    if (left < 0) return true;
  }
  return false;
}

/** Arguments of one call are limited by the stack, so long arrays are handed over as pieces. */
function chunked(items: readonly unknown[]): readonly unknown[] {
  const PIECE = 1000;
  if (items.length <= PIECE) return items;
  const pieces: unknown[] = [];
  for (let at = 0; at < items.length; at += PIECE) pieces.push(items.slice(at, at + PIECE));
  return pieces;
}
