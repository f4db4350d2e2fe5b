export interface ViewerDocumentInput {
  /** Base64 of at least 16 random bytes, fresh for every opening. */
  readonly nonce: string;
  /** The text of the built viewer script; it travels inside the document, so the frame has nothing to load. */
  readonly script: string;
  /** Origin of the app's window, the only one that may embed the frame, for example `app://homeport`. */
  readonly appOrigin: string;
  /** 'allowed' = the user asked for the remote pictures of this message: https pictures only. */
  readonly remoteImages: 'blocked' | 'allowed';
}

export interface ViewerDocument {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The document of the message frame (APP-364): empty but for our viewer; the message arrives over the port. Both hosts
 * answer `viewer.open`'s URL with exactly this text and these headers.
 */
export function viewerDocument(input: ViewerDocumentInput): ViewerDocument {
  if (!/^[A-Za-z0-9+/=_-]{22,}$/.test(input.nonce)) throw new Error('viewer nonce is not base64 of 16 bytes');
  return {
    html: [
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Message</title></head><body>',
      `<script nonce="${input.nonce}">${insideScript(input.script)}</script>`,
      '</body></html>',
    ].join(''),
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(input),
      'Permissions-Policy': DENIED_FEATURES.map((feature) => `${feature}=()`).join(', '),
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-DNS-Prefetch-Control': 'off',
      'Cache-Control': 'no-store',
    },
  };
}

const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

function contentSecurityPolicy({ nonce, appOrigin, remoteImages }: ViewerDocumentInput): string {
  return [
    // The frame's own opaque origin, also when the embedding element forgot its sandbox attribute.
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // Mail is laid out with style attributes and style elements, so inline style must be allowed. It cannot fetch:
    // no source is listed here, in font-src or, unless the user asked, in img-src.
    "style-src 'unsafe-inline'",
    // blob: is what our viewer makes of bytes it was handed.
    remoteImages === 'allowed' ? 'img-src blob: https:' : 'img-src blob:',
    "font-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${appOrigin}`,
    "require-trusted-types-for 'script'",
    'trusted-types dompurify',
  ].join('; ');
}

/** Keeps script text from closing its element or opening an HTML comment; `\x3c` means the same in strings and patterns. */
function insideScript(script: string): string {
  return script.replace(/<(?=\/script|!--)/gi, '\\x3c');
}
