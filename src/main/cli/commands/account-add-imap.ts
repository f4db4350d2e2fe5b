import type { ImapServer } from '../../../shared/contract/methods';
import type { SubmissionSettings } from '../../../shared/contract/submission-settings';
import type { FailureView, ProbeReport, ProbeView } from '../../../shared/contract/views';
import { isLoopback } from '../../../shared/loopback';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { OAUTH_FLAGS, readClient, signInWithBrowser } from '../browser-login';
import type { Arguments, Command, CommandContext, CommandResult, Flag } from '../command';
import { parseCount } from '../lookup';
import { readCa } from '../read-ca';
import { readSecret } from '../read-secret';
import { usage } from '../usage';

/** What the contract takes of an account. */
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+$/;
const MOST_ADDRESS = 320;
const MOST_NAME = 100;
const MOST_HOST = 253;
const USUAL_PORTS = { imap: 993, smtp: 465 } as const;
const SECURITIES = ['tls', 'starttls', 'none'] as const;

/** What `readSubmission` reads. */
export const SMTP_FLAGS: readonly Flag[] = [
  { name: 'smtp-host', value: 'H', help: 'Server for sending' },
  { name: 'smtp-port', value: 'P', help: 'Its port, often 465' },
  { name: 'smtp-security', value: 'tls|starttls|none', help: 'none only on this computer' },
  { name: 'smtp-user', value: 'U', help: 'Login name for sending, where it is another one' },
];

/** CLI-020. */
export const accountAddImap: Command = {
  name: 'account add imap',
  summary: 'Add an IMAP account after testing its connection',
  flags: [
    { name: 'email', value: 'E', required: true, help: 'Address of the account' },
    { name: 'user', value: 'U', required: true, help: 'Login name' },
    { name: 'imap-host', value: 'H', required: true, help: 'Server for receiving' },
    { name: 'imap-port', value: 'P', required: true, help: 'Its port, often 993' },
    { name: 'imap-security', value: 'tls|starttls|none', required: true, help: 'none only on this computer' },
    ...SMTP_FLAGS,
    {
      name: 'allow-plaintext',
      help: 'Send the password unencrypted where security is none: others can read it',
    },
    { name: 'ca', value: 'FILE', help: 'Certificates (PEM) to trust besides the system’s' },
    { name: 'name', value: 'N', help: 'What to call the account' },
    { name: 'password-env', value: 'NAME', help: 'Variable with the password' },
    { name: 'password-file', value: 'F', help: 'File with the password' },
    ...OAUTH_FLAGS,
  ],
  example:
    'homeport account add imap --email me@example.org --user me --imap-host mail.example.org --imap-port 993 --imap-security tls',
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<CommandResult> {
  const imap = readServer(args);
  if (!imap.ok) return imap;
  const submission = readSubmission(args);
  if (!submission.ok) return submission;
  const email = args.get('email') ?? '';
  if (!ADDRESS.test(email) || email.length > MOST_ADDRESS)
    return usage('--email takes a mail address.', 'For example: --email me@example.org');
  const name = args.get('name') ?? email.slice(0, MOST_NAME);
  if (name.length > MOST_NAME)
    return usage(`--name takes ${MOST_NAME} characters at most.`, 'Choose a shorter one.');
  const ca = await readCa(args);
  if (!ca.ok) return ca;
  const client = await readClient(args);
  if (!client.ok) return client;
  const password = client.value === null ? await readSecret(args, 'password', 'Password') : ok('');
  if (!password.ok) return password;

  const session = await context.open('network');
  if (!session.ok) return session;
  const put =
    client.value === null
      ? await session.value.call('vault.put', { secret: password.value })
      : await signInWithBrowser(session.value, email, client.value);
  if (!put.ok) return put;
  const oauth = 'client' in put.value ? put.value.client : null;
  const account = {
    email,
    name,
    imap: imap.value,
    submission: submission.value,
    caPem: ca.value,
    auth: oauth === null ? ('password' as const) : ('oauth' as const),
    oauth,
    secretRef: put.value.secretRef,
    pinned: [],
  };
  const { call } = session.value;
  const probed = await call('accounts.probe', account);
  const broken = probed.ok ? refusedLine(probed.value) : null;
  const added = !probed.ok
    ? probed
    : broken === null
      ? await call('accounts.addImap', account)
      : fail(broken);
  if (!added.ok) {
    await call('vault.forget', { secretRef: account.secretRef });
    const clientSecret = oauth?.clientSecretRef;
    if (clientSecret) await call('vault.forget', { secretRef: clientSecret });
    if (added.failure.kind === 'conflict')
      return fail({
        ...added.failure,
        hint: 'See homeport account list; homeport account server changes it.',
      });
    return added;
  }
  const accountId = String(added.value.accountId);
  return ok({ kind: 'data', json: { accountId }, text: `Added account ${accountId}.` });
}

/** The server for sending that the flags name; null when no flag speaks of it. */
export function readSubmission(args: Arguments): Outcome<SubmissionSettings | null, FailureView> {
  if (!['host', 'port', 'security', 'user'].some((name) => args.has(`smtp-${name}`))) return ok(null);
  const place = readPlace(args, 'smtp');
  if (!place.ok) return place;
  const { host, security } = place.value;
  if (security === 'none' && !isLoopback(host)) {
    return usage(
      'Without encryption only this computer may be used.',
      'Choose --smtp-security tls or starttls.',
    );
  }
  return ok({ ...place.value, user: args.get('smtp-user') });
}

/** The server that the flags name. */
export function readServer(args: Arguments): Outcome<ImapServer, FailureView> {
  const place = readPlace(args, 'imap');
  if (!place.ok) return place;
  const allowPlaintext = args.has('allow-plaintext');
  if (place.value.security === 'none' && !isLoopback(place.value.host) && !allowPlaintext) {
    return usage(
      'Without encryption only this computer may be used.',
      'Choose --imap-security tls or starttls, or take the risk with --allow-plaintext.',
    );
  }
  const server = { ...place.value, user: args.get('user') ?? '' };
  return ok(allowPlaintext && server.security === 'none' ? { ...server, allowPlaintext } : server);
}

function readPlace(
  args: Arguments,
  protocol: 'imap' | 'smtp',
): Outcome<Pick<ImapServer, 'host' | 'port' | 'security'>, FailureView> {
  const host = args.get(`${protocol}-host`);
  const port = parseCount(`${protocol}-port`, args.get(`${protocol}-port`), USUAL_PORTS[protocol], 65_535, 1);
  const security = SECURITIES.find((candidate) => candidate === args.get(`${protocol}-security`));
  if (!port.ok) return port;
  if (host === null || host === '' || !args.has(`${protocol}-port`) || security === undefined) {
    return usage(
      `${protocol} needs --${protocol}-host, --${protocol}-port and --${protocol}-security tls, starttls or none.`,
      'See homeport account add imap --help.',
    );
  }
  if (host.length > MOST_HOST || /\s/.test(host))
    return usage(`--${protocol}-host takes the name of a server.`, `For example: mail.example.org`);
  return ok({ host, port: port.value, security });
}

/** The line that does not work, receiving before sending; null when all is well. */
export function brokenLine(probe: ProbeView): ProbeReport | null {
  if (probe.verdict !== 'ok') return probe;
  return probe.submission && probe.submission.verdict !== 'ok' ? probe.submission : null;
}

/**
 * Why an account is not added. A server for sending that cannot be reached now is no reason: mail comes all the same, and
 * what is sent waits.
 */
function refusedLine(probe: ProbeView): FailureView | null {
  const broken = brokenLine(probe);
  if (broken === null || broken === probe) return broken && probeFailure(broken);
  if (broken.verdict === 'unreachable') return null;
  return sendingFailure(broken);
}

/** Why the line for sending does not work. */
export function sendingFailure(probe: ProbeReport): FailureView {
  const failure = probeFailure(probe);
  return { ...failure, message: `The server for sending: ${failure.message}` };
}

/** The first step that failed explains itself. */
export function probeFailure(probe: ProbeReport): FailureView {
  const broken = probe.steps.find(({ ok: passed }) => !passed);
  return (
    broken?.failure ?? { kind: 'rejected', message: broken?.detail ?? `The server said: ${probe.verdict}.` }
  );
}
