const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Plain text as HTML that shows the same characters and lines. */
export function textToHtml(text: string): string {
  return `<div style="white-space:pre-wrap">${text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)}</div>`;
}
