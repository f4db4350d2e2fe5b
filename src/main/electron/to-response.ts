import type { Answer } from '../content/answer';

/** An answer as the custom protocols hand it to Chromium. */
export function toResponse({ status, headers, body }: Answer): Response {
  const bytes = typeof body === 'string' || body === null ? body : new Uint8Array(body);
  return new Response(bytes, { status, headers });
}
