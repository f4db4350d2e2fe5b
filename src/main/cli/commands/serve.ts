import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok } from '../../../shared/outcome';
import { APP_VERSION } from '../../app-info';
import { toFailureView } from '../../core/to-failure-view';
import { openBrowser } from '../../headless/open-browser';
import { serveUi } from '../../headless/serve-ui';
import { type HeadlessHost, startHeadless } from '../../headless/start-headless';
import { planSite } from '../../http/site';
import { openProfile } from '../../profile/open-profile';
import { rememberServedPort } from '../../profile/served-port';
import { waitForProfile } from '../../profile/wait-for-profile';
import type { Arguments, Command, CommandContext, CommandResult } from '../command';
import { parseCount } from '../lookup';
import { readSecret } from '../read-secret';
import { usage } from '../usage';

/** What the workers and the sockets may take together (SYNC-403, APP-390). */
const STOP_WITHIN_MS = 2900;

/** CLI-010 to CLI-012: the headless host. */
export const serve: Command = {
  name: 'serve',
  summary: 'Keep mail in sync and serve the window to a browser on this computer',
  flags: [
    { name: 'ui-port', value: 'N', help: 'Port of the window; 0 or nothing picks a free one' },
    {
      name: 'ui-host',
      value: 'ADDR',
      help: 'Address of the window; others than 127.0.0.1 need TLS and a password',
    },
    { name: 'no-ui', help: 'Only sync; serve no window' },
    { name: 'open', help: 'Open the window in the browser' },
    { name: 'tls-cert', value: 'F', help: 'Certificate (PEM)' },
    { name: 'tls-key', value: 'F', help: 'Its private key (PEM)' },
    {
      name: 'ui-password-env',
      value: 'NAME',
      help: 'Variable with the password people elsewhere sign in with',
    },
    { name: 'ui-password-file', value: 'F', help: 'File with that password' },
    { name: 'public-url', value: 'URL', help: 'Address of a reverse proxy in front, with its path' },
    { name: 'trusted-proxy', value: 'IP', many: true, help: 'Proxy whose X-Forwarded headers count' },
    { name: 'bridge-port', value: 'N', help: 'Port for phones (not part of this version)' },
    { name: 'bridge-host', value: 'ADDR', help: 'Address for phones (not part of this version)' },
    { name: 'insecure-http', help: 'Phones without TLS, on loopback only (not part of this version)' },
    { name: 'submission-port', value: 'N', help: 'Port for sending (not part of this version)' },
  ],
  example: 'homeport serve --open',
  untilSignal: true,
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<CommandResult> {
  const port = parseCount('ui-port', args.get('ui-port'), 0, 65_535);
  if (!port.ok) return port;
  const bridgeHost = args.get('bridge-host') ?? '127.0.0.1';
  if (args.has('insecure-http') && !['127.0.0.1', 'localhost', '::1'].includes(bridgeHost)) {
    return usage(
      '--insecure-http is refused on any address but loopback.',
      'Leave it out, or use --bridge-host 127.0.0.1.',
    );
  }
  for (const flag of ['bridge-port', 'submission-port']) {
    if (args.has(flag)) return usage(`--${flag}: this version serves no phones yet.`, 'Leave it out.');
  }
  const [cert, key] = [args.get('tls-cert'), args.get('tls-key')];
  if ((cert === null) !== (key === null))
    return usage('--tls-cert and --tls-key belong together.', 'Give both.');
  const hasPassword = args.has('ui-password-env') || args.has('ui-password-file');
  const password = hasPassword ? await readSecret(args, 'ui-password', 'Password') : ok(null);
  if (!password.ok) return password;
  const site = planSite({
    host: args.get('ui-host') ?? '127.0.0.1',
    hasTls: cert !== null,
    hasPassword,
    publicUrl: args.get('public-url'),
    trustedProxies: args.all('trusted-proxy'),
  });
  if (!site.ok) return fail(toFailureView(site.failure));

  const profile = await waitForProfile(() => openProfile(context.profileDir), context.signal);
  if (profile.kind === 'unusable') return fail(toFailureView(profile.failure));
  if (profile.kind === 'held') {
    return fail({
      kind: 'conflict',
      message: `Homeport already runs on this profile (process ${profile.pid}).`,
      hint: 'Use that one (homeport link prints a way in), or another --profile.',
    });
  }
  const { buildDir, passphraseFile } = context;
  const started = await startHeadless({ profile, buildDir, passphraseFile, autonomous: true });
  if (!started.ok) return fail(toFailureView(started.failure));
  const host = started.value;
  if (context.signal.aborted) {
    await Promise.race([host.stop({ drain: false }), sleep(STOP_WITHIN_MS)]);
    return ok({ kind: 'silent' });
  }
  const served = await serveUi(host, {
    site: site.value,
    port: port.value,
    tlsFiles: cert !== null && key !== null ? { cert, key } : null,
    password: password.value,
    withUi: !args.has('no-ui'),
    buildDir,
  });
  if (!served.ok) {
    await host.stop({ drain: false });
    return fail(toFailureView(served.failure));
  }
  if (!args.has('no-ui')) await rememberServedPort(profile.dir, port.value);
  const ui = args.has('no-ui') ? null : served.value.createLink();
  // The ready line is for programs whether or not --json was given; it is all that stdout ever gets (APP-390).
  const ready = { ready: true, ui, bridge: null, pid: process.pid, version: APP_VERSION };
  context.print(ready, JSON.stringify(ready));
  if (ui !== null && args.has('open')) openBrowser(ui);

  await aborted(context.signal);
  await Promise.race([stopAll(host, served.value.close), sleep(STOP_WITHIN_MS)]);
  return ok({ kind: 'silent' });
}

async function stopAll(host: HeadlessHost, closeUi: () => Promise<void>): Promise<void> {
  await Promise.all([closeUi(), host.stop({ drain: false })]);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
