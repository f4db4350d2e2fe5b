/** AUTH (RFC 4954) by the best mechanism both sides know (SYNC-011, 273): bearer tokens, SCRAM, PLAIN, LOGIN last. */
import type { Failure } from '../../../shared/failure';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { authFailure, UNPROVEN } from '../link/link-failures';
import { ScramError, startScram } from '../link/scram';
import { loginFailure } from './failure-translation';
import { COMMAND_MS } from './limits';
import type { Reply } from './reply';
import type { SmtpSession } from './session';
import type { SmtpAccountSettings } from './settings';

export interface Login {
  readonly settings: Pick<SmtpAccountSettings, 'server' | 'auth'>;
  readonly secret: string;
  /** Unpredictable and new for every login. */
  readonly nonce: string;
}

type Mechanism = 'OAUTHBEARER' | 'XOAUTH2' | 'SCRAM-SHA-256' | 'PLAIN' | 'LOGIN';
const BY_AUTH: Readonly<Record<SmtpAccountSettings['auth'], readonly Mechanism[]>> = {
  oauth: ['OAUTHBEARER', 'XOAUTH2'],
  password: ['SCRAM-SHA-256', 'PLAIN', 'LOGIN'],
};

/** A server that offers no login at all is used without one: it says itself when it wants one. */
export async function authenticate(session: SmtpSession, login: Login): Promise<Outcome<null>> {
  const offered = session.extensions.auth;
  if (offered.size === 0) return ok(null);
  const mechanism = BY_AUTH[login.settings.auth].find((name) => offered.has(name));
  if (mechanism === undefined) return fail(noCommonWay(login));
  switch (mechanism) {
    case 'OAUTHBEARER':
      return await bearer(session, mechanism, oauthBearer(login), login);
    case 'XOAUTH2':
      return await bearer(session, mechanism, xoauth2(login), login);
    case 'SCRAM-SHA-256':
      return await scram(session, login);
    case 'PLAIN': {
      const { user } = login.settings.server;
      return settle(await ask(session, `AUTH PLAIN ${encode(`\0${user}\0${login.secret}`)}`), login);
    }
    case 'LOGIN':
      return await loginInSteps(session, login);
  }
}

async function ask(session: SmtpSession, line: string): Promise<Outcome<Reply>> {
  return await session.command(line, COMMAND_MS);
}

function settle(outcome: Outcome<Reply>, login: Login, challenge?: string): Outcome<null> {
  if (!outcome.ok) return outcome;
  if (outcome.value.code === 235) return ok(null);
  return fail(loginFailure(outcome.value, login.settings.auth, challenge));
}

/** A refused token comes as a challenge that says why and wants to be answered (SYNC-012, RFC 7628 3.2.3). */
async function bearer(
  session: SmtpSession,
  mechanism: Mechanism,
  token: string,
  login: Login,
): Promise<Outcome<null>> {
  const reply = await ask(session, `AUTH ${mechanism} ${encode(token)}`);
  if (!reply.ok || reply.value.code !== 334) return settle(reply, login);
  const why = decode(reply.value.text);
  return settle(await ask(session, mechanism === 'OAUTHBEARER' ? encode('\u0001') : ''), login, why);
}

function oauthBearer({ settings: { server }, secret }: Login): string {
  const user = server.user.replaceAll('=', '=3D').replaceAll(',', '=2C');
  return `n,a=${user},\u0001host=${server.host}\u0001port=${server.port}\u0001auth=Bearer ${secret}\u0001\u0001`;
}

function xoauth2({ settings: { server }, secret }: Login): string {
  return `user=${server.user}\u0001auth=Bearer ${secret}\u0001\u0001`;
}

async function scram(session: SmtpSession, login: Login): Promise<Outcome<null>> {
  const exchange = startScram({
    user: login.settings.server.user,
    password: login.secret,
    nonce: login.nonce,
  });
  let reply = await ask(session, `AUTH SCRAM-SHA-256 ${encode(exchange.first)}`);
  try {
    if (!reply.ok || reply.value.code !== 334) return withoutSuccess(reply, login);
    reply = await ask(session, encode(await exchange.answer(decode(reply.value.text))));
    if (!reply.ok || reply.value.code !== 334) return withoutSuccess(reply, login);
    if (!exchange.isProof(decode(reply.value.text))) throw new ScramError('the proof of the server is wrong');
    return settle(await ask(session, ''), login);
  } catch (error) {
    if (!(error instanceof ScramError)) throw error;
    session.end(UNPROVEN);
    return fail(UNPROVEN);
  }
}

/** A server that lets us in without its proof is not the one that knows the password. */
function withoutSuccess(reply: Outcome<Reply>, login: Login): Outcome<null> {
  return reply.ok && reply.value.code === 235 ? fail(UNPROVEN) : settle(reply, login);
}

async function loginInSteps(session: SmtpSession, login: Login): Promise<Outcome<null>> {
  let reply = await ask(session, 'AUTH LOGIN');
  for (const answer of [login.settings.server.user, login.secret]) {
    if (!reply.ok || reply.value.code !== 334) return settle(reply, login);
    reply = await ask(session, encode(answer));
  }
  return settle(reply, login);
}

function noCommonWay({ settings }: Login): Failure {
  return settings.auth === 'oauth' ? authFailure('blocked-by-admin') : authFailure('needs-oauth');
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const decode = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
