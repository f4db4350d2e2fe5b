import { request as startPlain } from 'node:http';
import { type RequestOptions, request as startTls } from 'node:https';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Http, HttpAnswer, HttpQuestion } from './http';

/** Certificate errors of Node's TLS, as opposed to an unreachable host. */
const TLS_ERROR = /^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|ERR_SSL_)/;

/** @param ca PEM of an authority to trust in place of the system's */
export function createSystemHttp(options: { readonly ca?: string } = {}): Http {
  return {
    post: ({ url, contentType, body, timeoutMs }) =>
      new Promise<Outcome<{ readonly status: number }>>((resolve) => {
        if (!/^https:\/\//i.test(url)) {
          return resolve(fail({ kind: 'invalid', message: 'The address is not encrypted.' }));
        }
        const sent = startTls(url, {
          method: 'POST',
          // A connection of its own: nothing of an earlier one may tell who we are.
          agent: false,
          ...options,
          headers: { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) },
          signal: AbortSignal.timeout(timeoutMs),
        });
        sent.on('response', (response) => {
          resolve(ok({ status: response.statusCode ?? 0 }));
          // Whatever else it says is not ours to read.
          response.destroy();
        });
        sent.on('error', (error) => resolve(fail(failureOf(error as NodeJS.ErrnoException))));
        sent.end(body);
      }),
    ask: (question) => ask(question, options),
  };
}

function ask(question: HttpQuestion, options: RequestOptions): Promise<Outcome<HttpAnswer>> {
  const { method, url, headers, body = '', timeoutMs, maxBytes, signal } = question;
  return new Promise((resolve) => {
    const patience = AbortSignal.timeout(timeoutMs);
    const start = /^http:/i.test(url) ? startPlain : startTls;
    const sent = start(url, {
      method,
      agent: false,
      ...options,
      headers: { ...headers, ...(method === 'POST' ? { 'Content-Length': Buffer.byteLength(body) } : {}) },
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    const broken = (error: Error) => resolve(fail(failureOf(error as NodeJS.ErrnoException)));
    sent.on('error', broken);
    sent.on('response', (response) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      response.on('error', broken);
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
        pieces.push(piece);
        if (bytes <= maxBytes) return;
        resolve(fail({ kind: 'limit', message: 'The web server sent more than makes sense.' }));
        sent.destroy();
      });
      response.on('end', () =>
        resolve(
          ok({
            status: response.statusCode ?? 0,
            location: response.headers.location ?? null,
            authenticate: response.headers['www-authenticate'] ?? null,
            body: Buffer.concat(pieces).toString('utf8'),
          }),
        ),
      );
      response.on('close', () => broken(new Error('cut off')));
    });
    sent.end(body);
  });
}

function failureOf({ code = '', name }: NodeJS.ErrnoException): Failure {
  if (name === 'AbortError' || name === 'TimeoutError') {
    return { kind: 'offline', message: 'The web server did not answer in time.', hint: 'Try again later.' };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      kind: 'dns',
      message: 'The web server was not found.',
      hint: 'Check the connection and try again.',
    };
  }
  if (TLS_ERROR.test(code)) {
    return { kind: 'tls', message: 'The certificate of the web server is not valid.' };
  }
  return { kind: 'refused', message: 'The web server could not be reached.', hint: 'Try again later.' };
}
