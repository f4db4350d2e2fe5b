import type { ImapAccountInput, MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { ProbeView } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Connector } from '../connectors/contract';
import { logState } from '../engine/log-state';
import { type MailboxProof, proveSameMailbox } from '../engine/prove-same-mailbox';
import type { Supervisor } from '../engine/supervisor';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { findAccountByLogin, getAccount } from '../store/read/accounts';
import { pendingCounts } from '../store/read/pending';
import { insertAccount, setAccountServer, setAccountState, updateAccount } from '../store/write/accounts';

/** Comparing some headers with a server that answers takes a second; longer means that nobody answers. */
const PROOF_MS = 60_000;

export interface ChangeServerDeps {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly ports: Ports;
  readonly probe: (settings: ImapAccountInput) => Promise<ProbeView>;
  /** A connector of its own for settings that are not stored. */
  readonly connect: (settings: ImapAccountInput) => Connector;
}

/** Which mailbox a login opens, compared with what is stored of the account. */
export async function proveLogin(
  { store, ports, connect }: Pick<ChangeServerDeps, 'store' | 'ports' | 'connect'>,
  accountId: AccountId,
  settings: ImapAccountInput,
): Promise<Outcome<MailboxProof>> {
  const connector = connect(settings);
  const late = new AbortController();
  const cancel = ports.clock.after(PROOF_MS, () => late.abort());
  try {
    return await proveSameMailbox(store.read, accountId, connector, late.signal);
  } finally {
    cancel();
    await connector.close();
  }
}

/**
 * Changes server, port or login of an account (SYNC-007). What is stored stays only when the new place proves to be the
 * same mailbox; otherwise the answer is 'different' and nothing has changed, or, where the caller wants it, everything of
 * the account is loaded anew.
 */
export async function changeServer(
  deps: ChangeServerDeps,
  {
    accountId,
    imap,
    caPem,
    secretRef,
    ifDifferent,
    discardPending,
  }: MethodParsedInput<'accounts.changeServer'>,
): Promise<Outcome<MethodOutput<'accounts.changeServer'>>> {
  const { store, supervisor, ports } = deps;
  const account = getAccount(store.read, accountId);
  if (!account?.settings) return fail({ kind: 'not-found', message: 'There is no such account.' });
  const twin = findAccountByLogin(store.read, imap);
  if (twin && twin.id !== accountId)
    return fail({ kind: 'conflict', message: `This login is account number ${twin.id}.` });
  const old = account.settings;
  const settings: ImapAccountInput = { ...old, imap, caPem, secretRef: secretRef ?? old.secretRef };
  const probe = await deps.probe(settings);
  if (probe.verdict !== 'ok') return ok({ result: 'refused', probe, accountId });
  const proof = await proveLogin(deps, accountId, settings);
  if (!proof.ok) return proof;

  if (proof.value === 'same') {
    store.writeTx('user', (tx) => {
      setAccountServer(tx, accountId, { imap, caPem });
      updateAccount(tx, accountId, { secretRef: settings.secretRef });
      setAccountState(tx, accountId, { state: 'ok', failure: null });
      logState(tx, accountId, 'ok', null, 'user');
    });
    if (settings.secretRef !== old.secretRef) await ports.vault.delete(old.secretRef);
    await supervisor.refreshAccount(accountId);
    return ok({ result: 'kept', probe, accountId });
  }
  if (ifDifferent === 'cancel') return ok({ result: 'different', probe, accountId });

  const { waiting, parked } = pendingCounts(store.read, accountId);
  if (waiting + parked > 0 && !discardPending) {
    return fail({
      kind: 'conflict',
      message: `${waiting + parked} changes of this account have not reached the old server.`,
      hint: 'Send or discard them first.',
    });
  }
  const { name, email, hue, position } = account;
  const now = ports.clock.now();
  const fresh = store.writeTx('user', (tx) => {
    const id = insertAccount(tx, { protocol: 'imap', name, email, hue, settings, now });
    updateAccount(tx, id, { position });
    return id;
  });
  await supervisor.refreshAccount(fresh);
  await supervisor.removeAccount(accountId);
  if (settings.secretRef !== old.secretRef) await ports.vault.delete(old.secretRef);
  return ok({ result: 'resync', probe, accountId: fresh });
}
