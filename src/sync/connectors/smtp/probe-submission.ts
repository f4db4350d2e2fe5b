/** The connection test of the sending line (APP-007): every step named, nothing sent but the login. */
import type { PinnedCertificate } from '../../../shared/contract/imap-settings';
import type { SubmissionSettings } from '../../../shared/contract/submission-settings';
import type { ProbeReport } from '../../../shared/contract/views';
import type { AuthReason, Failure } from '../../../shared/failure';
import { isLoopback } from '../../../shared/loopback';
import { NotSmtp, SmtpConversation, type SmtpReply, UntrustedServer } from './smtp-conversation';

export interface SubmissionLogin {
  readonly submission: SubmissionSettings;
  /** The login of the mail server, for where sending has none of its own. */
  readonly user: string;
  /** Password or access token. */
  readonly secret: string;
  readonly auth: 'password' | 'oauth';
  readonly caPem: string | null;
  readonly pinned: readonly PinnedCertificate[];
}

type Step = ProbeReport['steps'][number];
type StepName = Step['step'];

/** Connects, encrypts, signs in and leaves. Answers within the caller's patience; never throws. */
export async function probeSubmission(login: SubmissionLogin, signal: AbortSignal): Promise<ProbeReport> {
  const { host, port, security } = login.submission;
  const steps: Step[] = [];
  let at: StepName = 'connect';
  const pass = (step: StepName, detail: string, next: StepName) => {
    steps.push({ step, ok: true, detail, failure: null });
    at = next;
  };
  let conversation: SmtpConversation | null = null;
  const giveUp = () => conversation?.close();
  signal.addEventListener('abort', giveUp);
  try {
    if (security === 'none' && !isLoopback(host)) throw new SubmissionRefused(PLAINTEXT_REFUSED);
    conversation = await SmtpConversation.open(
      { host, port, caPem: login.caPem, pinned: login.pinned },
      signal,
    );
    pass('connect', `${host}:${port} answers`, security === 'tls' ? 'tls' : 'greeting');
    if (security === 'tls') {
      await conversation.startTls();
      pass('tls', 'The connection is encrypted', 'greeting');
    }
    expect(await conversation.ask(null), 220);
    let features = await hello(conversation);
    pass('greeting', 'It is a server for sending', security === 'starttls' ? 'tls' : 'login');
    if (security === 'starttls') {
      if (!features.has('STARTTLS')) throw new SubmissionRefused(noEncryption(host, port));
      expect(await conversation.ask('STARTTLS'), 220);
      await conversation.startTls();
      // What was said before the encryption does not count (RFC 3207 4.2).
      features = await hello(conversation);
      pass('tls', 'The connection is encrypted', 'login');
    }
    await signIn(conversation, features, login);
    pass('login', 'Signed in', 'login');
    await conversation.ask('QUIT').catch(() => undefined);
    return { verdict: 'ok', steps };
  } catch (error) {
    const { failure, verdict } = translate(error, login.submission);
    const step = failure.kind === 'dns' ? 'dns' : failure.kind === 'auth' ? 'login' : at;
    steps.push({ step, ok: false, detail: failure.message, failure: { ...failure } });
    return { verdict, steps };
  } finally {
    signal.removeEventListener('abort', giveUp);
    conversation?.close();
  }
}

/** Keyword → parameters of the EHLO answer. */
async function hello(conversation: SmtpConversation): Promise<ReadonlyMap<string, string>> {
  // A name that says nothing about this computer (RFC 5321 4.1.1.1 allows an address literal).
  const { lines } = expect(await conversation.ask('EHLO [127.0.0.1]'), 250);
  return new Map(
    lines.slice(1).map((line) => {
      const [keyword = '', ...rest] = line.toUpperCase().split(/[ =]/);
      return [keyword, rest.join(' ')] as const;
    }),
  );
}

async function signIn(
  conversation: SmtpConversation,
  features: ReadonlyMap<string, string>,
  { submission, user, secret, auth }: SubmissionLogin,
): Promise<void> {
  const name = submission.user ?? user;
  const mechanisms = (features.get('AUTH') ?? '').split(' ');
  const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  let reply: SmtpReply;
  if (auth === 'oauth') {
    if (!mechanisms.includes('XOAUTH2')) throw new SubmissionRefused(NO_LOGIN);
    reply = await conversation.ask(
      `AUTH XOAUTH2 ${encode(`user=${name}\u0001auth=Bearer ${secret}\u0001\u0001`)}`,
    );
    // The server's reasons come as a challenge; an empty line asks for the verdict (SYNC-012).
    if (reply.code === 334) reply = await conversation.ask('');
  } else if (mechanisms.includes('PLAIN')) {
    reply = await conversation.ask(`AUTH PLAIN ${encode(`\u0000${name}\u0000${secret}`)}`);
  } else if (mechanisms.includes('LOGIN')) {
    expect(await conversation.ask('AUTH LOGIN'), 334);
    expect(await conversation.ask(encode(name)), 334);
    reply = await conversation.ask(encode(secret));
  } else {
    throw new SubmissionRefused(NO_LOGIN);
  }
  expect(reply, 235);
}

class SubmissionRefused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The reply, or the server's refusal as an error. */
function expect(reply: SmtpReply, code: number): SmtpReply {
  if (reply.code === code) return reply;
  const serverText = clean(`${reply.code} ${reply.lines.join(' ')}`);
  throw new SubmissionRefused(refusal(reply.code, serverText));
}

function refusal(code: number, serverText: string): Failure {
  if (code === 421 || code === 451 || code === 454) {
    return {
      kind: 'offline',
      message: 'The server for sending has a problem at the moment.',
      hint: 'Try again later.',
      serverText,
    };
  }
  if (code === 530 || code === 534 || code === 535 || code === 538) {
    return { kind: 'auth', serverText, ...LOGIN_WORDS[reasonOf(serverText)] };
  }
  return { kind: 'rejected', code: String(code), message: 'The server for sending said no.', serverText };
}

/** Providers explain themselves in words more often than in codes. */
function reasonOf(
  text: string,
): 'wrong-password' | 'needs-app-password' | 'needs-oauth' | 'blocked-by-admin' {
  if (/app(lication)?[- ]?(specific)? ?password/i.test(text)) return 'needs-app-password';
  if (/5\.7\.139|smtpclientauth\w* is disabled|disabled by (the )?(tenant|admin)/i.test(text))
    return 'blocked-by-admin';
  if (/oauth|basic auth|web ?login|sign in (with|using) (your|a|the) browser/i.test(text))
    return 'needs-oauth';
  return 'wrong-password';
}

type LoginWords = { readonly reason: AuthReason; readonly message: string; readonly hint: string };
const LOGIN_WORDS: Readonly<Record<ReturnType<typeof reasonOf>, LoginWords>> = {
  'wrong-password': {
    reason: 'wrong-password',
    message: 'The server for sending did not accept the user name or password.',
    hint: 'Check the user name for sending, or type the password again.',
  },
  'needs-app-password': {
    reason: 'needs-app-password',
    message: 'The server for sending wants a password made for this application.',
    hint: 'Create an application password in the settings of your mail provider and use it here.',
  },
  'needs-oauth': {
    reason: 'needs-oauth',
    message: 'The server for sending wants you to sign in with the browser.',
    hint: 'Choose signing in with the browser.',
  },
  'blocked-by-admin': {
    reason: 'blocked-by-admin',
    message: 'The provider does not allow this account to send through a mail program.',
    hint: 'Ask the administrator of your mail to allow authenticated SMTP.',
  },
};

const NO_LOGIN: Failure = {
  kind: 'rejected',
  message: 'The server for sending offers no way to sign in that Homeport knows.',
  hint: 'Check server, port and security for sending.',
};
const PLAINTEXT_REFUSED: Failure = {
  kind: 'tls',
  message: 'Homeport does not send a password without encryption.',
  hint: 'Choose TLS or STARTTLS for sending.',
};

function noEncryption(host: string, port: number): Failure {
  return {
    kind: 'tls',
    message: `${host} does not offer encryption on port ${port}.`,
    hint: 'Use port 465 with TLS.',
  };
}

function translate(
  error: unknown,
  { host, port }: SubmissionSettings,
): { readonly failure: Failure; readonly verdict: ProbeReport['verdict'] } {
  if (error instanceof SubmissionRefused) {
    const { failure } = error;
    if (failure.kind === 'auth')
      return { failure, verdict: failure.reason === 'expired' ? 'needs-oauth' : failure.reason };
    return { failure, verdict: failure.kind === 'tls' ? 'tls-failed' : 'unreachable' };
  }
  if (error instanceof UntrustedServer) {
    const message = 'The certificate of the server for sending is not valid.';
    return {
      failure: { kind: 'tls', message, serverText: clean(error.reason), certificate: error.facts },
      verdict: 'tls-failed',
    };
  }
  if (error instanceof NotSmtp) {
    const failure: Failure = {
      kind: 'not-a-mail-server',
      message: `What answers at ${host}:${port} is no server for sending.`,
      hint: 'Check server and port for sending.',
    };
    return { failure, verdict: 'not-a-mail-server' };
  }
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const message = `There is no server called ${host}.`;
    return {
      failure: { kind: 'dns', message, hint: 'Check the spelling of the server name.' },
      verdict: 'unreachable',
    };
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    const message = `${host} does not speak TLS on port ${port}.`;
    return { failure: { kind: 'tls', message, hint: 'Try STARTTLS with port 587.' }, verdict: 'tls-failed' };
  }
  const failure: Failure =
    code === 'ECONNREFUSED'
      ? {
          kind: 'refused',
          message: `Nothing answers at ${host}:${port}.`,
          hint: 'Check server and port for sending.',
        }
      : {
          kind: 'offline',
          message: `${host} did not answer in time.`,
          hint: 'Check server and port for sending.',
        };
  return { failure, verdict: 'unreachable' };
}

function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 500);
}
