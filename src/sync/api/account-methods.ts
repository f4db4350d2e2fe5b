import type { ImapAccountInput, MethodInput, MethodParsedInput } from '../../shared/contract/methods';
import type { ProbeReport, ProbeView } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { isLoopback } from '../../shared/loopback';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { plural } from '../../shared/plural';
import type { Connector } from '../connectors/contract';
import { logState } from '../engine/log-state';
import { noTotals } from '../engine/runner-context';
import type { Supervisor } from '../engine/supervisor';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { type AccountRow, findAccountByLogin, getAccount, listAccounts } from '../store/read/accounts';
import { countUnsavedDrafts } from '../store/read/drafts';
import { outboxCounts } from '../store/read/outbox';
import { nextDueAt, oldestWaitingAt, pendingCounts } from '../store/read/pending';
import { insertAccount, setAccountOAuth, setAccountState, updateAccount } from '../store/write/accounts';
import { changeServer, proveLogin } from './change-server';
import type { EngineHandlers } from './method-handlers';
import type { Requests } from './requests';
import { setSubmission } from './set-submission';

export interface AccountMethodDeps {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly ports: Ports;
  readonly requests: Requests;
  /** Tries settings step by step without storing anything; the composition root knows the protocol. */
  readonly probe: (settings: ImapAccountInput, stop?: AbortSignal) => Promise<ProbeView>;
  /** Tries the server for sending alone; null = the settings name none. */
  readonly probeSending: (settings: ImapAccountInput) => Promise<ProbeReport | null>;
  /** A connector of its own for settings that are not stored. */
  readonly connect: (settings: ImapAccountInput) => Connector;
}

/** A test that succeeded so lately is not made again by adding: one login less, and the person waits once. */
const PROBE_COUNTS_MS = 60_000;
/** Eight hues (ui.md section 5), given in turn. */
const HUES = 8;

const NOT_RUNNING = {
  step: 'resting',
  connections: [],
  nextAttemptInMs: null,
  factsAgeMs: null,
  totals: noTotals(),
};

type Names = Extract<keyof EngineHandlers, `accounts.${string}`>;

export function accountMethods(
  deps: AccountMethodDeps,
): Pick<EngineHandlers, Exclude<Names, 'accounts.addLocal'>> {
  const { store, supervisor, ports, requests } = deps;
  let lastGood: { readonly settings: string; readonly at: number } | null = null;

  async function probe(settings: ImapAccountInput, stop?: AbortSignal): Promise<ProbeView> {
    const probed = await deps.probe(settings, stop);
    const good = { settings: JSON.stringify(settings), at: ports.clock.monotonic() };
    lastGood = probed.verdict === 'ok' ? good : null;
    return probed;
  }

  /** The test these settings passed a moment ago, or a new one. */
  async function recentProbe(settings: ImapAccountInput): Promise<ProbeView> {
    const passed =
      lastGood?.settings === JSON.stringify(settings) &&
      ports.clock.monotonic() - lastGood.at < PROBE_COUNTS_MS;
    lastGood = passed ? null : lastGood;
    return passed ? { verdict: 'ok', steps: [] } : probe(settings);
  }

  /** Runs the change and starts the account again, so that it connects with what was changed. */
  async function change(
    accountId: AccountId,
    apply: (account: AccountRow) => Outcome<null>,
  ): Promise<Outcome<null>> {
    const account = getAccount(store.read, accountId);
    if (!account) return notFound();
    const applied = apply(account);
    if (applied.ok) await supervisor.refreshAccount(accountId);
    return applied;
  }

  /** Signing in again; whoever gives it up before it is proven finds everything as it was. */
  async function signIn(
    { accountId, secretRef, oauth }: Omit<MethodParsedInput<'accounts.signIn'>, 'requestId'>,
    stop: AbortSignal,
  ): Promise<Outcome<ProbeView>> {
    const account = getAccount(store.read, accountId);
    if (!account?.settings) return notFound();
    const client = oauth ? { auth: 'oauth' as const, oauth } : {};
    const settings = { ...account.settings, secretRef, ...client };
    const probed = await deps.probe(settings, stop);
    if (probed.verdict !== 'ok') return ok(probed);
    // A login that opens somebody else's mail is refused: two people's mail is never merged (SYNC-021).
    const proof = await proveLogin(deps, accountId, settings);
    if (stop.aborted) return fail(GIVEN_UP);
    if (!proof.ok) return proof;
    if (proof.value === 'different') return fail(OTHER_MAILBOX);
    const old = account.settings.secretRef;
    store.writeTx('user', (tx) => {
      updateAccount(tx, accountId, { secretRef });
      if (oauth) setAccountOAuth(tx, accountId, oauth);
      setAccountState(tx, accountId, { state: 'ok', failure: null });
      logState(tx, accountId, 'ok', null, 'user');
    });
    if (old !== secretRef) await ports.vault.delete(old);
    const oldClient = account.settings.oauth?.clientSecretRef;
    if (oauth && oldClient && oldClient !== oauth.clientSecretRef) await ports.vault.delete(oldClient);
    await supervisor.refreshAccount(accountId);
    return ok(probed);
  }

  return {
    'accounts.probe': async ({ requestId, ...settings }) => {
      const refused = refusePlainText(settings);
      if (refused) return fail(refused);
      return requests.run(requestId, async (stop) => ok(await probe(settings, stop)));
    },

    'accounts.addImap': async (settings) => {
      const refused = refusePlainText(settings);
      if (refused) return fail(refused);
      const twin = findAccountByLogin(store.read, settings.imap);
      if (twin) return fail(alreadyHere(twin));
      const probed = await recentProbe(settings);
      const problem = probed.steps.find((step) => !step.ok)?.failure;
      if (probed.verdict !== 'ok') {
        return fail(
          (problem as Failure | null) ?? { kind: 'internal', message: 'The connection test failed.' },
        );
      }
      const added = store.writeTx('user', (tx): Outcome<AccountId> => {
        // While this one was tested, another window may have added the same.
        const meanwhile = findAccountByLogin(store.read, settings.imap);
        if (meanwhile) return fail(alreadyHere(meanwhile));
        return ok(
          insertAccount(tx, {
            protocol: 'imap',
            name: settings.name || settings.email,
            email: settings.email,
            hue: listAccounts(store.read).length % HUES,
            settings,
            now: ports.clock.now(),
          }),
        );
      });
      if (!added.ok) return added;
      await supervisor.refreshAccount(added.value);
      return ok({ accountId: added.value });
    },

    'accounts.test': async ({ accountId }) => {
      const account = getAccount(store.read, accountId);
      if (!account) return notFound();
      if (!account.settings) return ok({ verdict: 'ok', steps: [] });
      return ok(await deps.probe(account.settings));
    },

    'accounts.inspect': async ({ accountId }) => {
      const account = getAccount(store.read, accountId);
      if (!account) return notFound();
      const running = supervisor.inspect(accountId);
      return ok({
        state: account.state,
        running: running !== null,
        watch: account.watch,
        queue: {
          ...pendingCounts(store.read, accountId),
          nextDueAt: nextDueAt(store.read, accountId),
          oldestAt: oldestWaitingAt(store.read, accountId),
        },
        submit: supervisor.inspectLane(accountId),
        loop: ports.loop.look(),
        ...(running ?? NOT_RUNNING),
      });
    },

    'accounts.update': async ({ accountId, ...changes }) => {
      if (!getAccount(store.read, accountId)) return notFound();
      store.writeTx('user', (tx) => updateAccount(tx, accountId, changes));
      if (changes.paused !== undefined) await supervisor.refreshAccount(accountId);
      return ok(null);
    },

    'accounts.signIn': ({ requestId, ...login }) => requests.run(requestId, (stop) => signIn(login, stop)),

    'accounts.changeServer': async (input) => {
      const refused = refusePlainText(input);
      return refused ? fail(refused) : changeServer(deps, input);
    },

    'accounts.setSubmission': (change) => setSubmission(deps, change),

    'accounts.pinCertificate': ({ accountId, pin }) =>
      change(accountId, (account) => {
        const pinned = [...(account.settings?.pinned ?? []).filter((other) => !samePlace(other, pin)), pin];
        store.writeTx('user', (tx) => updateAccount(tx, accountId, { pinned }));
        return ok(null);
      }),

    'accounts.unpinCertificate': ({ accountId, pin }) =>
      change(accountId, (account) => {
        const pinned = (account.settings?.pinned ?? []).filter((other) => !samePlace(other, pin));
        store.writeTx('user', (tx) => updateAccount(tx, accountId, { pinned }));
        return ok(null);
      }),

    'accounts.remove': async ({ accountId, discardPending }) => {
      const account = getAccount(store.read, accountId);
      if (!account) return notFound();
      const unsent = whatIsUnsent(store.read, accountId);
      if (unsent !== null && !discardPending) {
        return fail({
          kind: 'conflict',
          message: unsent,
          hint: 'Go online to send them, or remove the account and discard them.',
        });
      }
      await supervisor.removeAccount(accountId);
      if (account.settings) await ports.vault.delete(account.settings.secretRef);
      const clientSecret = account.settings?.oauth?.clientSecretRef;
      if (clientSecret) await ports.vault.delete(clientSecret);
      return ok(null);
    },
  };
}

/** What would be lost with the account, in a sentence (APP-015); null = nothing. */
function whatIsUnsent(db: Store['read'], accountId: AccountId): string | null {
  const { waiting, parked } = pendingCounts(db, accountId);
  const outbox = outboxCounts(db, accountId);
  const counted = [
    [waiting + parked, 'change', 'changes'],
    [outbox.waiting + outbox.attention, 'message in the outbox', 'messages in the outbox'],
    [countUnsavedDrafts(db, accountId), 'draft', 'drafts'],
  ] as const;
  const parts = counted.flatMap(([n, one, many]) =>
    n === 0 ? [] : `${n} ${plural(n, { one, other: many })}`,
  );
  const total = counted.reduce((sum, [n]) => sum + n, 0);
  const verb = plural(total, { one: 'has', other: 'have' });
  return parts.length === 0 ? null : `${parts.join(', ')} of this account ${verb} not reached the server.`;
}

const GIVEN_UP: Failure = { kind: 'cancelled', message: 'The sign-in was given up.' };

const OTHER_MAILBOX: Failure = {
  kind: 'conflict',
  message: 'This sign-in opens another mailbox than the one of this account.',
  hint: 'Sign in as before, or add it as an account of its own.',
};

function samePlace(a: { host: string; port: number }, b: { host: string; port: number }): boolean {
  return a.host === b.host && a.port === b.port;
}

function alreadyHere({ id, name }: AccountRow): Failure {
  return {
    kind: 'conflict',
    accountId: id,
    message: `This account is already here. It is called “${name}”.`,
    hint: 'Go back for another address, or change the user name if you have several there.',
  };
}

function notFound(): { readonly ok: false; readonly failure: Failure } {
  return fail({ kind: 'not-found', message: 'There is no such account.' });
}

function refusePlainText(settings: Pick<MethodInput<'accounts.probe'>, 'imap'>): Failure | null {
  const { imap } = settings;
  if (imap.security !== 'none' || isLoopback(imap.host) || imap.allowPlaintext) return null;
  return {
    kind: 'invalid',
    message: 'Without encryption the password could be read by anyone on the way.',
    hint: 'Choose TLS or STARTTLS. Unencrypted connections are possible to this computer only.',
  };
}
