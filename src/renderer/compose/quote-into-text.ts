/** The original as one block of the letter's HTML, line by line. */
export function quotedHtml(heading: string, text: string): string {
  const paragraphs = text
    .split('\n')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('');
  return `<p></p><p>${escapeHtml(heading)}</p><blockquote>${paragraphs}</blockquote><p></p>`;
}

/** The original with a mark before each line (RFC 3676 section 4.5). */
export function quotedText(heading: string, text: string): string {
  const lines = text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()));
  return [heading, ...lines, ''].join('\n');
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Plain text as the letter's HTML: one paragraph per line. */
export function textToHtml(text: string): string {
  return text
    .split('\n')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('');
}
