const BEGIN = /^-----BEGIN PGP (SIGNED MESSAGE|MESSAGE|PUBLIC KEY BLOCK|PRIVATE KEY BLOCK)-----\s*$/;
const SIGNATURE = /^-----BEGIN PGP SIGNATURE-----\s*$/;
const END = /^-----END PGP [A-Z ]+-----\s*$/;
const HEAD_FIELD = /^[A-Za-z-]+: /;

/**
 * A text without the armour of OpenPGP in it: the words that were signed (RFC 9580 section 7), and those around what only
 * programs read (APP-100). A signature that never comes leaves the text as it is.
 */
export function withoutArmour(text: string): string {
  if (!text.includes('-----BEGIN PGP ')) return text;
  const lines = text.split(/\r?\n/);
  const lastSignature = lines.findLastIndex((line) => SIGNATURE.test(line));
  const kept: string[] = [];
  let inside: 'words' | 'head' | 'signed' | 'block' = 'words';
  for (const [at, line] of lines.entries()) {
    const begun = inside === 'words' ? BEGIN.exec(line)?.[1] : undefined;
    if (begun === 'SIGNED MESSAGE' && at < lastSignature) inside = 'head';
    else if (begun !== undefined && begun !== 'SIGNED MESSAGE') inside = 'block';
    else if (inside === 'head' && HEAD_FIELD.test(line)) continue;
    else if (inside === 'head') {
      inside = 'signed';
      if (line.trim() !== '') kept.push(line);
    } else if (inside === 'signed' && SIGNATURE.test(line)) inside = 'block';
    else if (inside === 'block') inside = END.test(line) ? 'words' : 'block';
    else kept.push(inside === 'signed' ? line.replace(/^- /, '') : line);
  }
  return kept.join('\n');
}
