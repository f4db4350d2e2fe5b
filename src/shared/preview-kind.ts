/** How a file can be looked at without leaving the app (APP-089). */
export type PreviewKind = 'image' | 'pdf' | 'text' | 'table' | 'calendar' | 'contacts' | 'message' | 'none';

/** Types a browser draws; SVG is shown as text, so that it never runs in our own origin. */
const IMAGE = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/i;
/** By type and by the end of the name; a sender who says "bytes" is overruled by the name. */
const KINDS: readonly [kind: PreviewKind, type: RegExp, name: RegExp][] = [
  ['pdf', /^application\/(x-)?pdf$/i, /\.pdf$/i],
  ['calendar', /^(text\/(x-v)?calendar|application\/ics)$/i, /\.(ics|ical|vcs)$/i],
  ['contacts', /^(text\/(x-)?vcard|text\/directory)$/i, /\.(vcf|vcard)$/i],
  ['table', /^text\/(csv|tab-separated-values)$/i, /\.(csv|tsv)$/i],
  ['message', /^(message\/(rfc822|global)|application\/(vnd\.)?ms-tnef)$/i, /(\.eml|^winmail\.dat)$/i],
];
const TEXT = /^(text\/(?!html)|message\/|application\/(json|xml|x-yaml|pgp-signature)|image\/svg\+xml)/i;
const TEXT_NAME = /\.(txt|log|md|json|xml|yaml|yml|patch|diff|asc|ini|conf)$/i;

export function previewKind({
  mediaType,
  filename,
}: {
  readonly mediaType: string;
  readonly filename: string;
}): PreviewKind {
  if (IMAGE.test(mediaType)) return 'image';
  for (const [kind, type, name] of KINDS) if (type.test(mediaType) || name.test(filename)) return kind;
  return TEXT.test(mediaType) || TEXT_NAME.test(filename) ? 'text' : 'none';
}
