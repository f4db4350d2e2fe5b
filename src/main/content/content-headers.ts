import { safeFileName } from '../../shared/attachment-safety';

/** Types a browser draws without running anything; everything else is only ever saved. */
const SAFE_INLINE = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'text/plain',
]);

/**
 * Headers for bytes that came by mail. Whatever the message claims, they never become a document with rights: safe
 * types only, no sniffing, and a policy that leaves the document nothing.
 */
export function contentHeaders(
  claim: { readonly mediaType: string; readonly filename: string },
  wanted: 'inline' | 'attachment',
): Record<string, string> {
  const essence = (claim.mediaType.split(';')[0] ?? '').trim().toLowerCase();
  const inline = wanted === 'inline' && SAFE_INLINE.has(essence);
  const type = SAFE_INLINE.has(essence) ? essence : 'application/octet-stream';
  return {
    'Content-Type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; ${filenameParameters(claim.filename)}`,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cache-Control': 'private, no-store',
  };
}

/** RFC 6266 section 4.3: a plain name for old clients and the real one in UTF-8. */
function filenameParameters(filename: string): string {
  const name = safeFileName(filename);
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}
