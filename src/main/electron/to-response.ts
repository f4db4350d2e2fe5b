import { type Answer, sizedHeaders } from '../content/answer';

/** An answer as the custom protocols hand it to Chromium. */
export function toResponse(answer: Answer): Response {
  const { status, body } = answer;
  const bytes = typeof body === 'string' || body === null ? body : new Uint8Array(body);
  return new Response(bytes, { status, headers: sizedHeaders(answer) });
}
