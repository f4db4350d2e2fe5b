import type { ImapServer, MethodInput, PinnedCertificate } from '../../shared/contract/methods';
import type { SubmissionSettings } from '../../shared/contract/submission-settings';
import type { FailureView, ProbeView } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import { call } from '../transport/call';
import { request } from '../transport/request';
import type { GrantedSignIn } from './browser-sign-in';

export interface AccountDraft {
  readonly email: string;
  readonly name: string;
  readonly server: ImapServer;
  /** Tried when nobody answers there; null or absent = nothing else. */
  readonly otherwise?: ImapServer | null;
  /** Where it sends; null = it does not. */
  readonly submission: SubmissionSettings | null;
  readonly password: string;
  /** In place of a password; whoever asked for it forgets it when nothing comes of it. */
  readonly granted?: GrantedSignIn | null;
  /** Certificates of authorities to trust besides the system's, as the person's own file has them; null = none. */
  readonly caPem: string | null;
  readonly pinned: readonly PinnedCertificate[];
}

export type ConnectResult =
  | { readonly kind: 'added'; readonly accountId: AccountId }
  /** The test found something; nothing was added. */
  | { readonly kind: 'refused'; readonly probe: ProbeView }
  | { readonly kind: 'failed'; readonly failure: FailureView }
  /** Somebody stopped the test. */
  | { readonly kind: 'stopped' };

/** Seals the password, tests the connection and, if all is well, adds the account. What fails leaves no secret behind. */
export async function connectAccount(draft: AccountDraft, stop?: AbortSignal): Promise<ConnectResult> {
  const { granted = null } = draft;
  const secret = granted
    ? ({ ok: true, value: { secretRef: granted.secretRef } } as const)
    : await call('vault.put', { secret: draft.password });
  if (!secret.ok) return { kind: 'failed', failure: secret.failure };
  const input = {
    email: draft.email,
    name: draft.name,
    imap: draft.server,
    submission: draft.submission,
    caPem: draft.caPem,
    auth: granted ? ('oauth' as const) : ('password' as const),
    oauth: granted?.client ?? null,
    secretRef: secret.value.secretRef,
    pinned: [...draft.pinned],
  };
  let result = await testAndAdd(input, stop);
  if (draft.otherwise && result.kind === 'refused' && result.probe.verdict === 'unreachable') {
    const other = await testAndAdd({ ...input, imap: draft.otherwise }, stop);
    // Where nobody answers there either, the first place is the one to speak about.
    if (other.kind !== 'refused' || other.probe.verdict !== 'unreachable') result = other;
  }
  if (result.kind !== 'added' && !granted) await call('vault.forget', secret.value);
  return result;
}

async function testAndAdd(
  input: MethodInput<'accounts.addImap'>,
  stop?: AbortSignal,
): Promise<ConnectResult> {
  const pending = request('accounts.probe', input);
  stop?.addEventListener('abort', pending.cancel, { once: true });
  const probe = await pending.answer;
  stop?.removeEventListener('abort', pending.cancel);
  if (stop?.aborted) return { kind: 'stopped' };
  if (!probe.ok) return { kind: 'failed', failure: probe.failure };
  const sending = probe.value.submission;
  if (probe.value.verdict !== 'ok' || (sending && sending.verdict !== 'ok'))
    return { kind: 'refused', probe: probe.value };
  const added = await call('accounts.addImap', input);
  return added.ok
    ? { kind: 'added', accountId: added.value.accountId }
    : { kind: 'failed', failure: added.failure };
}
