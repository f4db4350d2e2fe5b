/** RFC 3676: joins the soft-broken lines of `format=flowed` text. Quote marks and signature lines keep their place. */
export function unflow(text: string, deleteSpace: boolean): string {
  const paragraphs: string[] = [];
  let open = false;
  let openDepth = 0;
  for (const raw of text.split(/\r?\n/)) {
    const depth = /^>*/.exec(raw)?.[0].length ?? 0;
    const line = raw.slice(depth).replace(/^ /, '');
    const flows = line.endsWith(' ') && line !== '-- ';
    const content = flows && deleteSpace ? line.slice(0, -1) : line;
    if (open && depth === openDepth && line !== '-- ') paragraphs[paragraphs.length - 1] += content;
    else paragraphs.push(depth > 0 ? `${'>'.repeat(depth)} ${content}` : content);
    open = flows;
    openDepth = depth;
  }
  return paragraphs.join('\n');
}

/** Where a line is broken, in characters: RFC 3676 section 4.2 asks for 78 at most, 72 is custom. */
const FLOW_WIDTH = 72;
const SIGNATURE_LINE = '-- ';

/**
 * The reverse of `unflow` (RFC 3676 section 4): every line of `text` is a paragraph and is broken softly. Lines that
 * begin with `>` are quotes, `> > a` like `>> a`, and stay whole: readers exist that leave the marks in the middle when
 * they join them. White space at the end of a line is lost, but for a signature's `-- `.
 */
export function flow(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .flatMap(flowLine)
    .join('\n');
}

function flowLine(line: string): string[] {
  const marks = /^(?:> ?)*/.exec(line)?.[0] ?? '';
  const content = line.slice(marks.length);
  const kept = content === SIGNATURE_LINE ? content : content.trimEnd();
  if (marks !== '')
    return [`${marks.replaceAll(' ', '')} ${kept}`.trimEnd() + (kept === SIGNATURE_LINE ? ' ' : '')];
  return kept === SIGNATURE_LINE ? [kept] : softLines(kept).map(stuffed);
}

/** Breaks after spaces only, so that joining the pieces gives the line again. */
function softLines(line: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of line.match(/\s*\S+ ?/g) ?? []) {
    // A piece can only end where a space is, and `-- ` alone would be a signature.
    const full = piece.length + word.trimEnd().length > FLOW_WIDTH;
    if (full && piece.endsWith(' ') && piece !== SIGNATURE_LINE) {
      pieces.push(piece);
      piece = '';
    }
    piece += word;
  }
  return [...pieces, piece];
}

/** RFC 3676 section 4.4: what would be taken for something else gets a space in front. */
function stuffed(line: string): string {
  return /^(?: |>|From )/.test(line) ? ` ${line}` : line;
}
