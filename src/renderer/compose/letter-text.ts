const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  '#39': "'",
};

/** What of our own editor's HTML remains as plain text: the words, line by line, and marks before list items. */
export function letterText(html: string): string {
  return html
    .replace(/<div data-signature[^>]*>/gi, '-- \n')
    .replace(/<li[^>]*>(<p[^>]*>)?/gi, '- ')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/(p|h[1-3]|tr|pre)>/gi, '\n')
    .replace(/<\/t[dh]>/gi, '\t')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#39|[a-z]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\n+$/, '');
}
