/** What the tests of sending share: an account on a test server, a submitter, and one message. */
import { readFileSync } from 'node:fs';
import type { Outcome } from '../../src/shared/outcome';
import type { Submission, SubmitOptions, SubmitReport } from '../../src/sync/connectors/contract';
import type { SmtpAccountSettings } from '../../src/sync/connectors/smtp/settings';
import { createSmtpSubmitter } from '../../src/sync/connectors/smtp/smtp-submitter';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { createSystemRandom } from '../../src/sync/ports/system-random';
import { quietLogger } from './imap-support';

export const smtpPorts = { clock: createSystemClock(), random: createSystemRandom(), logger: quietLogger };
export const never = new AbortController().signal;

type Reachable = { readonly port: number; readonly tlsPort?: number; readonly caPath?: string };

/** STARTTLS on the server's port; `tls` takes the other port. */
export function smtpAccount(
  server: Reachable,
  overrides: Partial<SmtpAccountSettings> & {
    readonly security?: 'tls' | 'starttls' | 'none';
    readonly user?: string;
    readonly password?: string;
  } = {},
): SmtpAccountSettings {
  const { security = 'starttls', user = 'ann', password = 'secret', ...rest } = overrides;
  const port = security === 'tls' ? (server.tlsPort ?? 0) : server.port;
  return {
    server: { host: 'localhost', port, security, user },
    caPem: server.caPath === undefined ? null : readFileSync(server.caPath, 'utf8'),
    pinned: [],
    auth: 'password',
    secret: async () => password,
    ...rest,
  };
}

export const TEXT = 'From: ann@example.org\r\nSubject: Hi\r\n\r\n.dot\r\n..dots\r\nend\r\n';

export function submissionOf(fields: Partial<Submission> = {}): Submission {
  return {
    from: 'ann@example.org',
    to: ['bob@example.net'],
    bytes: Buffer.from(TEXT),
    needsUtf8: false,
    dsn: null,
    ...fields,
  };
}

export interface Sent {
  readonly outcome: Outcome<SubmitReport>;
  readonly stages: readonly string[];
  readonly progress: readonly number[];
}

/** One message handed over, with what was marked on the way. */
export async function send(
  settings: SmtpAccountSettings,
  submission: Submission = submissionOf(),
  options: Partial<SubmitOptions> & { readonly signal?: AbortSignal } = {},
): Promise<Sent> {
  const stages: string[] = [];
  const progress: number[] = [];
  const submitter = createSmtpSubmitter(settings, smtpPorts);
  try {
    const outcome = await submitter.submit(
      submission,
      {
        sendToOthers: false,
        onProgress: (bytes) => progress.push(bytes),
        ...options,
        onStage: (stage) => {
          stages.push(stage);
          options.onStage?.(stage);
        },
      },
      options.signal ?? never,
    );
    return { outcome, stages, progress };
  } finally {
    await submitter.close();
  }
}
