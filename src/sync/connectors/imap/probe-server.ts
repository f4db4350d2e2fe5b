/** The connection test (SYNC-002): every step named, the first failing one in plain words, nothing stored. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { ProbeView } from '../../../shared/contract/views';
import type { Failure } from '../../../shared/failure';
import { fail, type Outcome } from '../../../shared/outcome';
import type { ProbeServer } from '../contract';
import { verdictOf } from '../link/probe-verdict';
import { type ConnectPorts, openSession } from './connection';
import { translateConnectError } from './failure-translation';
import { PROBE_CONNECT_MS } from './limits';
import { countMailboxes } from './mailbox-list';
import type { ImapSession } from './session';
import type { ImapAccountSettings } from './settings';
import type { ConnectStage } from './transport';

type Step = ProbeView['steps'][number];
type StepName = Step['step'];

export function probeImapServer(
  settings: Omit<ImapAccountSettings, 'secret'>,
  secret: string | ImapAccountSettings['secret'],
  ports: ConnectPorts,
): ProbeServer {
  return async (signal) => {
    const { server } = settings;
    const steps: Step[] = [];
    const finish = (step: StepName, failure: Failure): ProbeView => {
      steps.push({ step, ok: false, detail: failure.message, failure: { ...failure } });
      return { verdict: verdictOf(failure), steps };
    };
    const pass = (step: StepName, detail: string) => steps.push({ step, ok: true, detail, failure: null });

    const found = await resolveHost(server.host, server.port);
    if (!found.ok) return finish('dns', found.failure);
    pass('dns', found.value);

    let stage: ConnectStage = 'connect';
    const opened = await openSession(
      { ...settings, secret: typeof secret === 'string' ? async () => secret : secret },
      ports,
      {
        compress: false,
        connectMs: PROBE_CONNECT_MS,
        onStage: (reached) => {
          stage = reached;
        },
      },
      signal,
    );
    for (const step of stepsBefore(opened.ok ? 'done' : failedStep(stage, opened.failure), server.security)) {
      pass(step, DETAILS[step](server.host, server.port));
    }
    if (!opened.ok) return finish(failedStep(stage, opened.failure), opened.failure);
    try {
      return await describe(opened.value, pass, finish, steps);
    } finally {
      await opened.value.close();
    }
  };
}

async function describe(
  session: ImapSession,
  pass: (step: StepName, detail: string) => void,
  finish: (step: StepName, failure: Failure) => ProbeView,
  steps: Step[],
): Promise<ProbeView> {
  const { idle, condstore, qresync, move } = session.capabilities;
  const can = [
    idle && 'instant new mail',
    qresync ? 'fast changes' : condstore && 'changes',
    move && 'moving',
  ];
  pass('capabilities', can.filter(Boolean).join(', ') || 'the basics');
  const counted = await countMailboxes(session);
  if (!counted.ok) return finish('mailboxes', counted.failure);
  pass('mailboxes', `${counted.value} folders`);
  return { verdict: 'ok', steps };
}

const ORDER = ['connect', 'tls', 'greeting', 'login'] as const;

const DETAILS: Readonly<Record<(typeof ORDER)[number], (host: string, port: number) => string>> = {
  connect: (host, port) => `${host}:${port} answers`,
  tls: () => 'The connection is encrypted',
  greeting: () => 'It is an IMAP server',
  login: () => 'Signed in',
};

/** Steps that were passed; TLS comes after the greeting with STARTTLS and not at all in the clear. */
function stepsBefore(
  failed: StepName | 'done',
  security: 'tls' | 'starttls' | 'none',
): (typeof ORDER)[number][] {
  const order = ORDER.filter((step) => step !== 'tls' || security !== 'none');
  if (security === 'starttls') order.splice(0, order.length, 'connect', 'greeting', 'tls', 'login');
  const end = order.map(String).indexOf(failed);
  return end < 0 ? order : order.slice(0, end);
}

/** What the failure says beats how far the socket came: both describe the same moment from two sides. */
function failedStep(stage: ConnectStage, failure: Failure): StepName {
  if (failure.kind === 'auth') return 'login';
  if (failure.kind === 'tls') return 'tls';
  if (failure.kind === 'not-a-mail-server') return 'greeting';
  if (failure.kind === 'dns') return 'dns';
  return stage;
}

async function resolveHost(host: string, port: number): Promise<Outcome<string>> {
  if (isIP(host)) return { ok: true, value: host };
  try {
    const { address } = await lookup(host);
    return { ok: true, value: `${host} is ${address}` };
  } catch (error) {
    return fail(translateConnectError(error, { host, port, passwordsRefused: false, known: false }));
  }
}
