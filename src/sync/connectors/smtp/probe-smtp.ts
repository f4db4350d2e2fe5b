/** The connection test of the server that sends (SYNC-002, APP-007): every step named, nothing stored, nothing sent. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { ProbeView } from '../../../shared/contract/views';
import type { Failure } from '../../../shared/failure';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { ProbeServer } from '../contract';
import { verdictOf } from '../link/probe-verdict';
import { translateConnectError } from './failure-translation';
import { PROBE_CONNECT_MS } from './limits';
import { type OpenStage, openSession, type SmtpPorts } from './open-session';
import type { SmtpSession } from './session';
import type { SmtpAccountSettings } from './settings';

type Step = ProbeView['steps'][number];

/** The steps of ProbeView without 'mailboxes'. */
export function probeSmtpServer(
  settings: Omit<SmtpAccountSettings, 'secret'>,
  secret: string,
  ports: SmtpPorts,
): ProbeServer {
  return async (signal) => {
    const { server } = settings;
    const steps: Step[] = [];
    const pass = (step: Step['step'], detail: string) =>
      steps.push({ step, ok: true, detail, failure: null });
    const finish = (step: Step['step'], failure: Failure): ProbeView => {
      steps.push({ step, ok: false, detail: failure.message, failure: { ...failure } });
      return { verdict: verdictOf(failure), steps };
    };
    const found = await resolveHost(server.host, server.port);
    if (!found.ok) return finish('dns', found.failure);
    pass('dns', found.value);
    let reached: OpenStage = 'connect';
    const passed: OpenStage[] = [];
    const opened = await openSession(
      { ...settings, secret: async () => secret },
      ports,
      {
        login: true,
        connectMs: PROBE_CONNECT_MS,
        onStage: (stage) => {
          if (stage !== 'connect') passed.push(reached);
          reached = stage;
        },
      },
      signal,
    );
    for (const stage of passed) if (stage !== 'open') pass(stage, DETAILS[stage](server.host, server.port));
    if (!opened.ok) return finish(stepOf(reached, opened.failure), opened.failure);
    pass('capabilities', capabilitiesOf(opened.value));
    opened.value.quit();
    return { verdict: 'ok', steps };
  };
}

const DETAILS: Readonly<Record<Exclude<OpenStage, 'open'>, (host: string, port: number) => string>> = {
  connect: (host, port) => `${host}:${port} answers`,
  tls: () => 'The connection is encrypted',
  greeting: () => 'It is a server that sends mail',
  login: () => 'Signed in',
};

/** What the failure says beats how far it came. */
function stepOf(stage: OpenStage, { kind }: Failure): Step['step'] {
  if (kind === 'auth') return 'login';
  if (kind === 'tls') return 'tls';
  if (kind === 'dns') return 'dns';
  return stage === 'open' ? 'capabilities' : stage;
}

function capabilitiesOf({ extensions }: SmtpSession): string {
  const { maxBytes, utf8, dsn } = extensions;
  const can = [
    maxBytes !== null && `messages up to ${Math.floor(maxBytes / 1_000_000)} MB`,
    utf8 && 'international addresses',
    dsn && 'delivery receipts',
  ];
  return can.filter(Boolean).join(', ') || 'the basics';
}

async function resolveHost(host: string, port: number): Promise<Outcome<string>> {
  if (isIP(host)) return ok(host);
  try {
    const { address } = await lookup(host);
    return ok(`${host} is ${address}`);
  } catch (error) {
    return fail(translateConnectError(error, { host, port }, 'connect'));
  }
}
