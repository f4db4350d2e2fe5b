import { expect, test } from 'vitest';
import { CertificateRejected } from '../link/certificate';
import {
  refusesWholeBatch,
  translateConnectError,
  translateLostLink,
  translateRefusal,
} from './failure-translation';
import { readStatus } from './response-line';
import { NotAnImapServer } from './wire';

const context = { host: 'mail.example.org', port: 993, passwordsRefused: false, known: false };
const error = (fields: object, message = 'x') => Object.assign(new Error(message), fields);
const refusedLogin = (code: string, responseText: string) =>
  error({ authenticationFailed: true, serverResponseCode: code, responseText });

test.each([
  [error({ code: 'ENOTFOUND' }), { kind: 'dns' }],
  [error({ code: 'EAI_AGAIN' }), { kind: 'offline' }],
  [error({ code: 'ENETUNREACH' }), { kind: 'offline' }],
  [error({ code: 'ECONNREFUSED' }), { kind: 'refused' }],
  [new AggregateError([error({ code: 'ECONNREFUSED' })]), { kind: 'refused' }],
  [error({ code: 'ETIMEDOUT' }), { kind: 'offline' }],
  [error({ code: 'CONNECT_TIMEOUT' }), { kind: 'offline' }],
  [error({ code: 'ECONNRESET' }), { kind: 'offline' }],
  [error({ code: 'GREETING_TIMEOUT' }), { kind: 'not-a-mail-server' }],
  [error({ _err: new NotAnImapServer('220 ESMTP') }), { kind: 'not-a-mail-server', serverText: '220 ESMTP' }],
  [error({ code: 'ERR_SSL_WRONG_VERSION_NUMBER', reason: 'wrong version number' }), { kind: 'tls' }],
  [error({ code: 'EPROTO' }), { kind: 'tls' }],
  [error({ code: 'STARTTLS_INJECTION', tlsFailed: true }), { kind: 'tls' }],
  [error({ tlsFailed: true }, 'Server does not support STARTTLS'), { kind: 'tls' }],
  [error({ code: 'ClosedAfterConnectTLS' }), { kind: 'offline' }],
  [
    error({ code: 'ClosedAfterConnectTLS', reason: 'Too many connections' }),
    { kind: 'throttled', bound: 'connections' },
  ],
  [
    error({ code: 'NoConnection', reason: 'Shutting down' }),
    { kind: 'offline', serverText: 'Shutting down' },
  ],
  [error({ code: 'LiteralTooLarge' }), { kind: 'protocol', bound: 'literal' }],
  ['not an error', { kind: 'offline' }],
])('connecting: %s', (cause, expected) => {
  expect(translateConnectError(cause, context)).toMatchObject(expected);
});

test('a server that has been ours and says nothing is away, not a stranger', () => {
  const silent = error({ code: 'GREETING_TIMEOUT' });
  expect(translateConnectError(silent, { ...context, known: true })).toMatchObject({ kind: 'offline' });
});

test.each([
  ['AUTHENTICATIONFAILED', 'Invalid credentials', { kind: 'auth', reason: 'wrong-password' }],
  ['AUTHORIZATIONFAILED', 'No', { kind: 'auth', reason: 'blocked-by-admin' }],
  ['EXPIRED', 'Password expired', { kind: 'auth', reason: 'expired' }],
  ['CONTACTADMIN', 'Ask', { kind: 'auth', reason: 'blocked-by-admin' }],
  [
    '',
    'Application-specific password required: https://example.org',
    { kind: 'auth', reason: 'needs-app-password' },
  ],
  ['', 'Your account is not enabled for IMAP use.', { kind: 'auth', reason: 'blocked-by-admin' }],
  ['', 'BasicAuthBlocked', { kind: 'auth', reason: 'needs-oauth' }],
  ['', 'Login is disabled', { kind: 'auth', reason: 'needs-oauth' }],
  ['', 'LOGIN failed.', { kind: 'auth', reason: 'wrong-password' }],
  ['UNAVAILABLE', 'User backend down', { kind: 'offline' }],
  ['INUSE', 'Locked', { kind: 'offline' }],
  ['SERVERBUG', 'Oops', { kind: 'offline' }],
  ['LIMIT', 'Not now', { kind: 'throttled', bound: 'connections' }],
  ['', 'Too many logins', { kind: 'throttled', bound: 'connections' }],
  ['ALERT', 'Too many simultaneous connections. (Failure)', { kind: 'throttled', bound: 'connections' }],
  [
    'UNAVAILABLE',
    'Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
    { kind: 'throttled', bound: 'connections' },
  ],
])('a refused login: [%s] %s', (code, text, expected) => {
  expect(translateConnectError(refusedLogin(code, text), context)).toMatchObject({
    ...expected,
    serverText: text,
  });
});

test('a provider without passwords and an expired token are told apart from a wrong password', () => {
  const refused = refusedLogin('', 'LOGIN failed.');
  expect(translateConnectError(refused, { ...context, passwordsRefused: true })).toMatchObject({
    reason: 'needs-oauth',
  });
  const oauth = error({ authenticationFailed: true, oauthError: { status: '400', scope: 'mail' } });
  expect(translateConnectError(oauth, context)).toMatchObject({
    reason: 'expired',
    serverText: '{"status":"400","scope":"mail"}',
  });
});

test('a rejected certificate brings what a person needs to decide', () => {
  const facts = {
    host: 'h',
    port: 1,
    fingerprint: 'AA',
    subject: 's',
    issuer: 'i',
    validFrom: '',
    validTo: '',
  };
  const failure = translateConnectError(new CertificateRejected('CERT_HAS_EXPIRED', facts), context);
  expect(failure).toMatchObject({
    kind: 'tls',
    certificate: facts,
    message: expect.stringContaining('out of date'),
  });
});

test.each([
  ['NO [TRYCREATE] x', { kind: 'rejected', code: 'TRYCREATE' }, true],
  ['NO [OVERQUOTA] x', { kind: 'rejected', code: 'OVERQUOTA' }, true],
  ['NO [NOPERM] x', { kind: 'rejected', code: 'NOPERM' }, true],
  ['NO [UNAVAILABLE] x', { kind: 'offline' }, true],
  ['NO [INUSE] x', { kind: 'offline' }, true],
  ['NO [SERVERBUG] x', { kind: 'offline' }, true],
  ['NO [LIMIT] x', { kind: 'throttled' }, true],
  ['NO [AUTHENTICATIONFAILED] x', { kind: 'auth', reason: 'wrong-password' }, true],
  ['NO [NONEXISTENT] x', { kind: 'not-found' }, true],
  [
    'BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds',
    { kind: 'throttled', retryAfterMs: 92_415 },
    true,
  ],
  ['NO that message is special', { kind: 'rejected', serverText: 'that message is special' }, false],
  ['BAD what', { kind: 'rejected' }, false],
])('a refused command: %s', (line, expected, whole) => {
  const failure = translateRefusal(readStatus(`A1 ${line}`));
  expect(failure).toMatchObject(expected);
  expect(refusesWholeBatch(failure)).toBe(whole);
});

test('a link lost by a bound names it, any other is offline', () => {
  expect(translateLostLink(error({ code: 'LineTooLarge' }))).toMatchObject({
    kind: 'protocol',
    bound: 'line',
  });
  expect(translateLostLink(error({ code: 'NoConnection' }))).toMatchObject({ kind: 'offline' });
});
