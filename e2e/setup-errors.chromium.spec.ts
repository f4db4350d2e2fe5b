import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { byHand } from '../src/renderer/setup/guess-server';
import type { Reply } from '../src/shared/contract/bridge';
import type { ProbeReport, ProbeView } from '../src/shared/contract/views';
import type { ClientFrame, ServerFrame } from '../src/shared/contract/wire';
import { type AuthReason, FAILURE_KINDS, type Failure } from '../src/shared/failure';
import { translateConnectError } from '../src/sync/connectors/imap/failure-translation';
import { CertificateRejected } from '../src/sync/connectors/link/certificate';
import { authFailure, certificateFailure } from '../src/sync/connectors/link/link-failures';
import { verdictOf } from '../src/sync/connectors/link/probe-verdict';
import { expect, test } from './fixtures';
import { toasts } from './support/screen';
import { report } from './support/set-up';

/** Every error page for people to look at, into this folder; without it none is written. */
const pictures = process.env.HOMEPORT_SCREENSHOTS;

const EMAIL = 'anna@harbour.example';
const FOUND = {
  ...byHand(EMAIL, 'harbour.example'),
  submission: { host: 'smtp.harbour.example', port: 465, security: 'tls' as const, user: null },
};

interface Asked {
  readonly method: string;
  readonly input: { readonly imap?: object; readonly submission?: object | null; readonly pinned?: object[] };
}

/** A host whose answers to some methods are made up; everything else is the real one's. */
class MadeUpHost {
  readonly asked: Asked[] = [];
  readonly #answers = new Map<string, Reply>([['discovery.find', { ok: true, value: FOUND }]]);

  answer(method: string, reply: Reply): void {
    this.#answers.set(method, reply);
  }

  last(method: string): Asked['input'] | undefined {
    return this.asked.findLast((one) => one.method === method)?.input;
  }

  async standIn(page: Page): Promise<void> {
    await page.routeWebSocket(/.*/, (window) => {
      const host = window.connectToServer();
      window.onMessage((data) => {
        const frame = JSON.parse(String(data)) as ClientFrame;
        const reply = this.#answers.get(frame.method);
        if (!reply) return host.send(data);
        this.asked.push({ method: frame.method, input: frame.input as Asked['input'] });
        const answer: ServerFrame = { id: frame.id, reply };
        window.send(JSON.stringify(answer));
      });
    });
  }
}

/** What comes next, as a button and what it does. */
type Next = (page: Page, host: MadeUpHost) => Promise<void>;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** The form's own button tests once more, with what stands there by then. */
const tryAgain: Next = async (page, host) => {
  const before = host.asked.length;
  await press(page, 'Try again');
  await expect.poll(() => host.asked.length).toBeGreaterThan(before);
};
/** As `tryAgain`; the fields that are to be mended are open. */
const mendServer: Next = async (page, host) => {
  await expect(page.getByRole('textbox', { name: 'Server', exact: true })).toBeVisible();
  await tryAgain(page, host);
};
const otherEncryption: Next = async (page, host) => {
  await press(page, 'Use STARTTLS with port 143');
  await expect
    .poll(() => host.last('accounts.probe')?.imap)
    .toMatchObject({ host: 'imap.harbour.example', port: 143, security: 'starttls' });
  await expect(page.getByRole('textbox', { name: 'Port', exact: true })).toHaveValue('143');
};
const trustOne: Next = async (page, host) => {
  await report(page).getByRole('button', { name: 'Details' }).click();
  await press(page, 'Connect anyway');
  await expect.poll(() => host.last('accounts.probe')?.pinned).toMatchObject([{ fingerprint: 'AB:CD' }]);
};
const useBrowser: Next = async (page) => {
  await press(page, 'Sign in with the browser instead');
  await expect(page.getByRole('textbox', { name: 'Client ID' })).toBeVisible();
};
const askWhoRunsIt: Next = async (page) => {
  await press(page, 'Copy the request');
  await expect(toasts(page)).toContainText('Request copied');
};
const otherAddress: Next = async (page) => {
  await press(page, 'Use another address');
  await expect(page.getByRole('textbox', { name: 'E-mail address' })).toHaveValue(EMAIL);
};

interface Case {
  readonly failure: Failure;
  readonly next: Next;
}

const context = { host: 'imap.harbour.example', port: 993, passwordsRefused: false, known: false };
const socket = (code: string): Failure =>
  translateConnectError(Object.assign(new Error(code), { code }), context);
const untrusted = (reason: string): Failure =>
  certificateFailure(
    new CertificateRejected(reason, {
      ...{ host: context.host, port: context.port, fingerprint: 'AB:CD' },
      ...{ subject: 'imap.harbour.example', issuer: 'Harbour' },
      ...{ validFrom: '2024-01-01T00:00:00.000Z', validTo: '2025-01-01T00:00:00.000Z' },
    }),
  );
const refused = (reason: AuthReason): Failure => authFailure(reason, 'The server’s own sentence');

/** What the connection test can find, in the connectors' own words. */
const FOUND_BY_TEST: Readonly<Record<string, Case>> = {
  'no such name': { failure: socket('ENOTFOUND'), next: mendServer },
  'no network': { failure: socket('EAI_AGAIN'), next: mendServer },
  'closed port': { failure: socket('ECONNREFUSED'), next: mendServer },
  silence: { failure: socket('ETIMEDOUT'), next: mendServer },
  'hung up': { failure: socket('ClosedAfterConnectText'), next: mendServer },
  'no mail server': { failure: socket('GREETING_TIMEOUT'), next: mendServer },
  'too much said': { failure: socket('LineTooLarge'), next: mendServer },
  'made by itself': { failure: untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'), next: trustOne },
  'out of date': { failure: untrusted('CERT_HAS_EXPIRED'), next: trustOne },
  'another name': { failure: untrusted('ERR_TLS_CERT_ALTNAME_INVALID'), next: trustOne },
  'no encryption on this port': { failure: socket('EPROTO'), next: otherEncryption },
  'encryption not finished': { failure: socket('UPGRADE_TIMEOUT'), next: otherEncryption },
  'wrong password': { failure: refused('wrong-password'), next: tryAgain },
  'app password': { failure: refused('needs-app-password'), next: tryAgain },
  browser: { failure: refused('needs-oauth'), next: useBrowser },
  ended: { failure: refused('expired'), next: useBrowser },
  'switched off': { failure: refused('blocked-by-admin'), next: askWhoRunsIt },
  'too many connections': {
    failure: {
      kind: 'throttled',
      bound: 'connections',
      message: 'The mail server allows no more connections now.',
    },
    next: tryAgain,
  },
  rejected: { failure: { kind: 'rejected', message: 'The mail server refused this.' }, next: tryAgain },
};

/** What a call can answer in place of a result, before the test or after it. */
const ANSWERED: Readonly<Record<string, Case>> = {
  'no encryption wanted': {
    failure: {
      kind: 'invalid',
      message: 'Without encryption the password could be read by anyone on the way.',
    },
    next: mendServer,
  },
  'already here': {
    failure: { kind: 'conflict', message: 'This account is already here. It is called “Harbour”.' },
    next: otherAddress,
  },
  'disk full': {
    failure: { kind: 'limit', message: 'The disk is full.' },
    next: tryAgain,
  },
  'unknown outcome': {
    failure: {
      kind: 'unknown-outcome',
      message: 'The connection to Homeport was lost before the answer came.',
    },
    next: tryAgain,
  },
  stopped: { failure: { kind: 'cancelled', message: 'This was stopped.' }, next: tryAgain },
  gone: { failure: { kind: 'not-found', message: 'There is no such account.' }, next: tryAgain },
  misunderstood: { failure: { kind: 'usage', message: 'This was not understood.' }, next: tryAgain },
  mistake: { failure: { kind: 'internal', message: 'Homeport could not answer.' }, next: tryAgain },
};

function failed(failure: Failure): ProbeReport {
  const step = { step: 'connect', ok: false, detail: failure.message, failure } as const;
  return { verdict: verdictOf(failure), steps: [step] };
}

/** From the address to the answer, with a new window each time. */
async function setUp(page: Page): Promise<void> {
  await page.reload();
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(EMAIL);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Password' }).fill('pass words');
  await page.keyboard.press('Enter');
}

async function look(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator(':root')).toHaveAttribute('data-theme', colorScheme);
    const file = `setup-error-${name.replaceAll(' ', '-')}-${colorScheme}.png`;
    await page.screenshot({ path: join(pictures, file), animations: 'disabled', fullPage: true });
  }
}

test.describe.configure({ timeout: 180_000 });

test('APP-019 whatever the connection test finds has its words and a button that does the next sensible thing', async ({
  app,
}) => {
  const { page } = app;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const host = new MadeUpHost();
  await host.standIn(page);
  for (const [name, { failure, next }] of Object.entries(FOUND_BY_TEST)) {
    await test.step(name, async () => {
      const value: ProbeView = { ...failed(failure), submission: null };
      host.answer('accounts.probe', { ok: true, value });
      await setUp(page);
      await expect(report(page)).toContainText(failure.message);
      await expect(report(page)).not.toContainText(/by itself|in an hour/);
      await look(page, name);
      await next(page, host);
    });
  }
});

test('APP-019 whatever is answered in place of a result has its words and a button that does the next sensible thing', async ({
  app,
}) => {
  const { page } = app;
  const host = new MadeUpHost();
  await host.standIn(page);
  for (const [name, { failure, next }] of Object.entries(ANSWERED)) {
    await test.step(name, async () => {
      host.answer('accounts.probe', { ok: true, value: { verdict: 'ok', steps: [], submission: null } });
      host.answer('accounts.addImap', { ok: false, failure });
      await setUp(page);
      await expect(page.getByText(failure.message).first()).toBeVisible();
      await look(page, name);
      await next(page, host);
    });
  }
  const tested = [...Object.values(FOUND_BY_TEST), ...Object.values(ANSWERED)];
  expect(new Set(tested.map(({ failure }) => failure.kind))).toEqual(new Set(FAILURE_KINDS));
});

test('APP-019 a server for sending that does not work can be reached in another way, or left out', async ({
  app,
}) => {
  const { page } = app;
  const host = new MadeUpHost();
  await host.standIn(page);
  const works: ProbeReport = { verdict: 'ok', steps: [] };
  host.answer('accounts.probe', { ok: true, value: { ...works, submission: failed(socket('EPROTO')) } });
  await setUp(page);
  await expect(report(page)).toContainText('does not answer encrypted');
  await look(page, 'sending');
  await press(page, 'Use STARTTLS with port 587');
  await expect
    .poll(() => host.last('accounts.probe')?.submission)
    .toMatchObject({ host: 'smtp.harbour.example', port: 587, security: 'starttls' });
  await press(page, 'Add without sending');
  await expect.poll(() => host.last('accounts.probe')?.submission).toBeNull();
});

test('APP-019 a password that would go unencrypted can go encrypted at the next press', async ({ app }) => {
  const { page } = app;
  const host = new MadeUpHost();
  await host.standIn(page);
  const message = 'Without encryption the password could be read by anyone on the way.';
  host.answer('accounts.probe', { ok: false, failure: { kind: 'invalid', message } });
  host.answer('discovery.find', {
    ok: true,
    value: { ...FOUND, imap: { ...FOUND.imap, security: 'none', port: 143 } },
  });
  await setUp(page);
  await expect(page.getByText(message).first()).toBeVisible();
  await look(page, 'unencrypted');
  await press(page, 'Use TLS with port 993');
  await expect.poll(() => host.last('accounts.probe')?.imap).toMatchObject({ port: 993, security: 'tls' });
});
