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
