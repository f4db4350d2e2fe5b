import type { AttachmentView } from '../../shared/contract/views';

/** How a file can be looked at without leaving the app (APP-089). */
export type PreviewKind = 'image' | 'text' | 'none';

/** Types the host serves as pictures; SVG is shown as text, so that it never runs in our own origin. */
const IMAGE = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/i;
const TEXT = /^(text\/(?!html)|message\/|application\/(json|xml|x-yaml|ics|pgp-signature)|image\/svg\+xml)/i;
const TEXT_NAME = /\.(txt|csv|tsv|log|md|json|xml|yaml|yml|eml|ics|vcf|patch|diff|asc|ini|conf)$/i;

export function previewKind({
  mediaType,
  filename,
}: Pick<AttachmentView, 'mediaType' | 'filename'>): PreviewKind {
  if (IMAGE.test(mediaType)) return 'image';
  return TEXT.test(mediaType) || TEXT_NAME.test(filename) ? 'text' : 'none';
}
