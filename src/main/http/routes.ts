import type { IncomingMessage } from 'node:http';
import { SESSION_PATH, SessionRequest } from '../../shared/contract/wire';
import { type Answer, emptyAnswer } from '../content/answer';
import type { ContentService } from '../content/content-service';
import { appHeaders } from '../security/app-headers';
import { serveStaticFile } from '../security/static-files';
import type { Access } from './access';
import type { Judgement } from './judge-request';
import { loginPage } from './login-page';
import type { PasswordGate } from './password-gate';
import { readBody } from './read-body';
import { readSessionCookie, sessionCookie } from './session-cookie';

const MAX_FORM_BYTES = 10_000;

export interface RoutesOptions {
  readonly access: Access;
  readonly password: PasswordGate | null;
  readonly content: ContentService;
  readonly rendererDir: string;
  /** Without the window: only /healthz is served. */
  readonly withUi: boolean;
}

type Allowed = Extract<Judgement, { kind: 'allowed' }>;

/** Answers one HTTP request whose Host and Origin have been judged. Nothing here changes state by GET (APP-393). */
export async function answerRequest(
  options: RoutesOptions,
  request: IncomingMessage,
  allowed: Allowed,
): Promise<Answer> {
  const { access, content, password, rendererDir } = options;
  const { path } = allowed;
  const headers = appHeaders("'self'", allowed.secure);
  const method = request.method ?? 'GET';
  const reads = method === 'GET' || method === 'HEAD';
  if (path === '/healthz' && reads) return json(200, { ok: true }, headers);
  if (!options.withUi) return emptyAnswer(404, headers);

  const scope = { port: request.socket.localPort ?? 0, secure: allowed.secure, prefix: allowed.prefix };
  const session = readSessionCookie(scope, request.headers.cookie);
  const signedIn = session !== null && access.isOpen(session);
  if (path === SESSION_PATH) {
    if (method === 'POST') return exchangeToken();
    return reads ? emptyAnswer(signedIn ? 204 : 401, headers) : emptyAnswer(405, headers);
  }
  if (path === '/login' && password !== null) return reads ? loginPage('none', headers) : signIn(password);
  if (!reads) return emptyAnswer(405, headers);

  const handle = /^\/(content|viewer)\/([0-9a-f]+)$/.exec(path);
  if (handle !== null) {
    if (!signedIn) return emptyAnswer(401, headers);
    const [, kind, name = ''] = handle;
    return kind === 'content' ? content.serveContent(name) : content.serveViewer(name, allowed.origin);
  }
  // People elsewhere have no link; the fragment of one survives this redirect, but is worth nothing there.
  if (path === '/' && password !== null && !signedIn && !allowed.direct) {
    return emptyAnswer(303, { ...headers, Location: `${allowed.prefix}/login` });
  }
  return serveStaticFile(rendererDir, path, headers);

  async function exchangeToken(): Promise<Answer> {
    if (!isJson(request.headers['content-type'])) return emptyAnswer(415, headers);
    const body = await readBody(request, MAX_FORM_BYTES);
    if (body === null) return emptyAnswer(413, headers);
    const parsed = SessionRequest.safeParse(parseJson(body));
    const opened = parsed.success ? access.redeem(parsed.data.token) : null;
    if (opened === null) return emptyAnswer(401, headers);
    return emptyAnswer(204, { ...headers, 'Set-Cookie': sessionCookie(scope, opened) });
  }

  async function signIn(gate: PasswordGate): Promise<Answer> {
    if (method !== 'POST') return emptyAnswer(405, headers);
    const body = await readBody(request, MAX_FORM_BYTES);
    if (body === null) return emptyAnswer(413, headers);
    const given = new URLSearchParams(body).get('password') ?? '';
    const verdict = gate.check(given, allowed.client);
    if (verdict !== 'right') return loginPage(verdict, headers);
    const cookie = sessionCookie(scope, access.openSession());
    return emptyAnswer(303, { ...headers, 'Set-Cookie': cookie, Location: `${allowed.prefix}/` });
  }
}

function isJson(type: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(type ?? '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>>): Answer {
  return {
    status,
    headers: { ...headers, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: JSON.stringify(value),
  };
}
