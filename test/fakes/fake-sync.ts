import type { ImapServer, MethodOutput, PinnedCertificate } from '../../src/shared/contract/methods';
import type {
  FailureView,
  PendingView,
  ProbeView,
  StatusView,
  SyncLogView,
} from '../../src/shared/contract/views';
import { AccountId, ChangeId, GestureId, MailboxId, MessageId } from '../../src/shared/domain';
import type { Scenario } from './fake-bridge';

export const SERVER_SAID: FailureView = {
  kind: 'rejected',
  message: 'The server did not accept the change.',
  hint: 'Choose another folder, or discard the change.',
  serverText: 'NO [NOPERM] Permission denied for mailbox "Archive"',
};

export const SIGN_IN: FailureView = {
  kind: 'auth',
  reason: 'expired',
  message: 'The server does not accept the password any more.',
};

export function fakeStatus(scenario: Scenario, now: number): StatusView {
  const activity = (
    kind: StatusView['activities'][number]['kind'],
    mailboxId: number,
    done: number,
    total: number | null,
  ) => ({
    accountId: AccountId.parse(1),
    mailboxId: MailboxId.parse(mailboxId),
    kind,
    done,
    total,
    remainingMs: total === null ? null : (total - done) * 3,
  });
  return {
    online: scenario !== 'offline',
    offlineByChoice: false,
    metered: 'no',
    lastSyncedAt: scenario === 'first-run' ? null : now - 90_000,
    waiting: scenario === 'offline' ? 4 : scenario === 'sign-in' ? 3 : 0,
    parked: scenario === 'attention' ? 2 : 0,
    outbox: { waiting: 0, attention: 0 },
    needsSignIn: scenario === 'sign-in' ? [AccountId.parse(2)] : [],
    activities:
      scenario === 'syncing'
        ? [
            activity('headers', 100, 600, 48_120),
            activity('bodies', 103, 412, 9120),
            activity('listing', 108, 0, null),
          ]
        : [],
    databaseBytes: 412_000_000,
    diskNeededBytes: scenario === 'disk-full' ? 340_000_000 : null,
  };
}

export function fakePending(scenario: Scenario, now: number): PendingView[] {
  const change = (id: number, patch: Partial<PendingView>): PendingView => ({
    id: ChangeId.parse(id),
    gestureId: GestureId.parse(`g${id}`),
    accountId: AccountId.parse(scenario === 'sign-in' ? 2 : 1),
    state: 'waiting',
    title: 'Move to Archive',
    kind: 'move',
    origin: 'user',
    messages: [
      { id: MessageId.parse(id), subject: 'Minutes of the berth meeting on Thursday', from: 'Bob Lindqvist' },
    ],
    targetCount: 1,
    createdAt: now - id * 17 * 60_000,
    attempts: 0,
    nextAttemptAt: null,
    failure: null,
    troubled: false,
    serverMailboxIds: [MailboxId.parse(100)],
    retryable: true,
    alternatives: [],
    ...patch,
  });
  if (scenario === 'offline' || scenario === 'sign-in') {
    return [1, 2, 3, 4].slice(scenario === 'sign-in' ? 1 : 0).map((id) =>
      change(id, {
        title: ['Move to Archive', 'Mark as read', 'Star', 'Delete'][id - 1] ?? '',
        nextAttemptAt: now + 40_000,
      }),
    );
  }
  if (scenario !== 'attention') return [];
  return [
    change(1, {
      state: 'parked',
      troubled: true,
      attempts: 1,
      failure: SERVER_SAID,
      alternatives: ['choose-folder'],
    }),
    change(2, {
      state: 'parked',
      troubled: true,
      title: 'Move to Projects/Harbour',
      attempts: 3,
      targetCount: 12,
      messages: [
        {
          id: MessageId.parse(5),
          subject: 'Invoice 2026-1142 for pilotage',
          from: 'no-reply@billing.example',
        },
        { id: MessageId.parse(6), subject: 'Lunch?', from: 'Priya Raman' },
        { id: MessageId.parse(7), subject: '', from: 'Build Server' },
      ],
      failure: { kind: 'conflict', message: 'The folder it was to go to no longer exists.' },
      alternatives: ['create-folder', 'choose-folder'],
    }),
    change(3, {
      title: 'Mark as read',
      attempts: 6,
      troubled: true,
      nextAttemptAt: now + 300_000,
      failure: {
        kind: 'throttled',
        message: 'The server asks to wait.',
        serverText: 'NO [LIMIT] Too many commands',
      },
    }),
  ];
}

/** An account at work: totals that grow with the clock. */
export function fakeInspection(
  accountId: number,
  pending: readonly PendingView[],
  now: number,
): MethodOutput<'accounts.inspect'> {
  const own = pending.filter((change) => change.accountId === accountId);
  const parked = own.filter(({ state }) => state === 'parked').length;
  const seconds = (now / 1000) % 100_000;
  return {
    state: 'ok',
    running: true,
    step: 'fetching',
    watch: 'idle',
    queue: { waiting: own.length - parked, parked, nextDueAt: null, oldestAt: null },
    submit: null,
    loop: { busyShare: 0.02, meanTurnMs: 0.4, delay: { p99Ms: 3, maxMs: 12 } },
    nextAttemptInMs: 30_000,
    connections: [{ role: 'watch' as const, mailbox: 'INBOX', busy: true }],
    factsAgeMs: 4_000,
    totals: {
      fetched: Math.round(seconds * 120),
      changed: 0,
      removed: 0,
      pushed: 0,
      parked,
      probedDone: 0,
      probedNotDone: 0,
      probedUndecided: 0,
      roundTrips: Math.round(seconds * 3),
      bytesIn: Math.round(seconds * 240_000),
      bytesOut: Math.round(seconds * 900),
    },
  };
}

export function fakeSyncLog(now: number): SyncLogView[] {
  return Array.from({ length: 40 }, (_, i) => ({
    id: 40 - i,
    accountId: AccountId.parse(1 + (i % 3)),
    kind: (['pull', 'push', 'list', 'watch'] as const)[i % 4] ?? 'pull',
    mailbox: i % 4 === 2 ? null : (['INBOX', 'Archive', 'Projects/Harbour'][i % 3] ?? null),
    trigger: (['push', 'poll', 'user', 'start'] as const)[(i >> 1) % 4] ?? 'poll',
    startedAt: now - i * 140_000 - 3000,
    finishedAt: now - i * 140_000,
    result: i % 13 === 5 ? ('error' as const) : ('ok' as const),
    seen: i * 7,
    added: i % 4,
    changed: i % 3,
    removed: i % 2,
    pushed: i % 4 === 1 ? 2 : 0,
    parked: 0,
    bytesIn: 2000 + i * 911,
    bytesOut: 400 + i * 17,
    roundTrips: 3 + (i % 5),
    failure: i % 13 === 5 ? { kind: 'offline' as const, message: 'The connection broke off.' } : null,
  }));
}

const STEPS = ['dns', 'connect', 'tls', 'greeting', 'login', 'capabilities', 'mailboxes'] as const;
const FINGERPRINT = Array.from({ length: 32 }, (_, i) =>
  (i * 7 + 16).toString(16).padStart(2, '0').toUpperCase(),
).join(':');

/** The verdict depends on the host's first word: `nodns`, `refused`, `badcert`, `web`, `wrong`; anything else is good. */
export function fakeProbe(server: ImapServer, pinned: readonly PinnedCertificate[]): ProbeView {
  const failAt = (
    step: (typeof STEPS)[number],
    verdict: ProbeView['verdict'],
    failure: FailureView,
  ): ProbeView => ({
    verdict,
    steps: STEPS.slice(0, STEPS.indexOf(step) + 1).map((name) => ({
      step: name,
      ok: name !== step,
      detail: name === step ? '' : detailOf(name, server),
      failure: name === step ? failure : null,
    })),
  });
  switch (server.host.split('.')[0]) {
    case 'nodns':
      return failAt('dns', 'unreachable', {
        kind: 'dns',
        message: `There is no server named ${server.host}.`,
        hint: 'Check the spelling of the server name.',
      });
    case 'refused':
      return failAt('connect', 'unreachable', {
        kind: 'refused',
        message: `${server.host} does not answer on port ${server.port}.`,
        hint: 'Check the port, or try another kind of security.',
      });
    case 'badcert':
      if (pinned.length > 0) break;
      return failAt('tls', 'tls-failed', {
        kind: 'tls',
        message: `The certificate of ${server.host} is not signed by anyone your system trusts.`,
        hint: 'Ask whoever runs the server whether the fingerprint is right.',
        certificate: {
          host: server.host,
          port: server.port,
          fingerprint: FINGERPRINT,
          subject: `CN=${server.host}`,
          issuer: 'CN=Harbour internal CA',
          validFrom: '2026-01-01T00:00:00Z',
          validTo: '2027-01-01T00:00:00Z',
        },
      });
    case 'web':
      return failAt('greeting', 'not-a-mail-server', {
        kind: 'not-a-mail-server',
        message: `${server.host} answers, but not as a mail server.`,
        serverText: 'HTTP/1.1 400 Bad Request',
      });
    case 'wrong':
      return failAt('login', 'wrong-password', {
        kind: 'auth',
        reason: 'wrong-password',
        message: 'The server does not accept this user name and password.',
        serverText: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
      });
    default:
      break;
  }
  return {
    verdict: 'ok',
    steps: STEPS.map((step) => ({ step, ok: true, detail: detailOf(step, server), failure: null })),
  };
}

function detailOf(step: (typeof STEPS)[number], { host, port }: ImapServer): string {
  const details = {
    dns: '192.0.2.14',
    connect: `${host}:${port}`,
    tls: 'TLS 1.3',
    greeting: 'Dovecot ready.',
    login: '',
    capabilities: 'IDLE, QRESYNC, MOVE',
    mailboxes: '13 folders',
  };
  return details[step];
}
