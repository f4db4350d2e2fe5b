import { request as startRequest } from 'node:https';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Http } from './http';

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
        const sent = startRequest(url, {
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
  };
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
