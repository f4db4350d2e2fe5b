/** A response both hosts can send: over HTTP, or through a custom protocol. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | null;
}

/** An answer without content, in a form no browser renders. */
export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers },
    body: null,
  };
}

/** The headers with the length of the body, where the status allows a body at all (RFC 9110, 8.6). */
export function sizedHeaders({ status, headers, body }: Answer): Record<string, string> {
  if (status < 200 || status === 204 || status === 304) return { ...headers };
  return { ...headers, 'Content-Length': String(body === null ? 0 : Buffer.byteLength(body)) };
}
