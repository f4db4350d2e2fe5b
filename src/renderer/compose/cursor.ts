/** A place in the text, as a draft keeps it: `from,to` in the editor's own positions. */
export function writeCursor({ from, to }: { readonly from: number; readonly to: number }): string {
  return `${from},${to}`;
}

/** The place a draft names, brought into a text of `size`; null when it names none. */
export function readCursor(cursor: string | null, size: number): { from: number; to: number } | null {
  const parts = /^(\d{1,9}),(\d{1,9})$/.exec(cursor ?? '');
  if (!parts) return null;
  const [from, to] = [Math.min(Number(parts[1]), size), Math.min(Number(parts[2]), size)];
  return from <= to ? { from, to } : { from: to, to: from };
}
