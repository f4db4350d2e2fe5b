/**
 * Headers of every answer of the app's own origin, in both hosts (APP-363, APP-399).
 * @param frameSource where message frames come from: `mail-content:` in the desktop host, `'self'` in the headless host
 * @param strictTransport true over TLS: the browser must not come back without it
 */
export function appHeaders(frameSource: string, strictTransport: boolean): Record<string, string> {
  return {
    'Content-Security-Policy': appPolicy(frameSource),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), midi=(), hid=(), serial=(), usb=(), payment=()',
    ...(strictTransport ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

function appPolicy(frameSource: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    // blob: and data: pictures are made by the app itself: previews, and the empty favicon.
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    // pdf.js in its own thread, and the one policy that may name it; another reads letters into inert documents (ADR 0160).
    "worker-src 'self'",
    `frame-src ${frameSource}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types homeport-pdf-worker homeport-letter',
  ].join('; ');
}
