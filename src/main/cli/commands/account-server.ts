import type { MethodInput } from '../../../shared/contract/methods';
import type { FailureView } from '../../../shared/contract/views';
import type { AccountId } from '../../../shared/domain';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { Answer, Arguments, Command } from '../command';
import { findAccount } from '../lookup';
import { readCa } from '../read-ca';
import { readSecret } from '../read-secret';
import type { Session } from '../session';
import { usage } from '../usage';
import { probeFailure, readServer, readSubmission, SMTP_FLAGS, sendingFailure } from './account-add-imap';

const RECEIVING = ['user', 'imap-host', 'imap-port', 'imap-security'];

/** SYNC-007: the same mail under another server, port or login; and where the account sends, by itself or with it. */
export const accountServer: Command = {
  name: 'account server',
  summary: 'Change the server, port or login of an account',
  words: 'ID',
  least: 1,
  most: 1,
  flags: [
    { name: 'user', value: 'U', help: 'Login name' },
    { name: 'imap-host', value: 'H', help: 'Server for receiving' },
    { name: 'imap-port', value: 'P', help: 'Its port, often 993' },
    { name: 'imap-security', value: 'tls|starttls|none', help: 'none only on this computer' },
    {
      name: 'allow-plaintext',
      help: 'Send the password unencrypted where security is none: others can read it',
    },
    { name: 'ca', value: 'FILE', help: 'Certificates (PEM) to trust besides the system’s' },
    { name: 'password-env', value: 'NAME', help: 'Variable with the password, where it is another one' },
    { name: 'password-file', value: 'F', help: 'File with the password, where it is another one' },
    { name: 'resync', help: 'Load everything anew if it is another mailbox' },
    { name: 'discard-pending', help: 'With --resync: give up changes that were not sent' },
    ...SMTP_FLAGS,
    { name: 'no-smtp', help: 'The account only receives from now on' },
    { name: 'untested', help: 'Keep the server for sending without asking it' },
  ],
  example:
    'homeport account server 1 --user me --imap-host new.example.org --imap-port 993 --imap-security tls',
  run: async (args, context) => {
    const changes = await readChanges(args);
    if (!changes.ok) return changes;
    const { receiving, sending } = changes.value;
    const session = await context.open('network');
    if (!session.ok) return session;
    const account = await findAccount(session.value, args.words[0] ?? '');
    if (!account.ok) return account;
    const moved = receiving
      ? await changeReceiving(session.value, account.value.id, receiving, args)
      : ok({ accountId: account.value.id, result: 'kept' as const });
    if (!moved.ok) return moved;
    const { accountId, result } = moved.value;
    if (sending) {
      const changed = await session.value.call('accounts.setSubmission', { accountId, ...sending });
      if (!changed.ok) return changed;
      const { probe } = changed.value;
      if (changed.value.result === 'refused' && probe) return fail(sendingFailure(probe));
    }
    return ok(answer(accountId, result));
  },
};

interface Receiving {
  readonly imap: MethodInput<'accounts.changeServer'>['imap'];
  readonly caPem: string | null;
  /** Null = it stays. */
  readonly password: string | null;
}

interface Changes {
  readonly receiving: Receiving | null;
  readonly sending: Omit<MethodInput<'accounts.setSubmission'>, 'accountId'> | null;
}

/** What the flags speak of; nothing is a mistake. */
async function readChanges(args: Arguments): Promise<Outcome<Changes, FailureView>> {
  const submission = readSubmission(args);
  if (!submission.ok) return submission;
  const none = args.has('no-smtp');
  if (none && submission.value) return usage('--no-smtp and --smtp-host exclude each other.', 'Give one.');
  const sending =
    none || submission.value ? { submission: submission.value, untested: args.has('untested') } : null;
  const named = (flag: string) => args.has(flag);
  const secret = ['password-env', 'password-file'].some(named);
  if (!secret && ![...RECEIVING, 'ca'].some(named)) {
    if (sending) return ok({ receiving: null, sending });
    return usage(
      'No server is named.',
      'Give --imap-host or --smtp-host and what belongs to it, or --no-smtp.',
    );
  }
  const missing = RECEIVING.find((flag) => !named(flag));
  if (missing) return usage(`--${missing} is missing.`, 'See homeport account server --help.');
  const imap = readServer(args);
  if (!imap.ok) return imap;
  const ca = await readCa(args);
  if (!ca.ok) return ca;
  const password = secret ? await readSecret(args, 'password', 'Password') : ok(null);
  if (!password.ok) return password;
  return ok({ receiving: { imap: imap.value, caPem: ca.value, password: password.value }, sending });
}

type Moved = { readonly accountId: AccountId; readonly result: 'kept' | 'resync' };

async function changeReceiving(
  { call }: Session,
  accountId: AccountId,
  { imap, caPem, password }: Receiving,
  args: Arguments,
): Promise<Outcome<Moved, FailureView>> {
  const put = password === null ? ok(null) : await call('vault.put', { secret: password });
  if (!put.ok) return put;
  const secretRef = put.value?.secretRef;
  const changed = await call('accounts.changeServer', {
    accountId,
    imap,
    caPem,
    secretRef,
    ifDifferent: args.has('resync') ? 'resync' : 'cancel',
    discardPending: args.has('discard-pending'),
  });
  const kept = changed.ok && (changed.value.result === 'kept' || changed.value.result === 'resync');
  if (!kept && secretRef !== undefined) await call('vault.forget', { secretRef });
  if (!changed.ok) return changed;
  const { result, probe } = changed.value;
  if (result === 'refused') return fail(probeFailure(probe));
  if (result === 'different') {
    return fail({
      kind: 'conflict',
      message: 'This is another mailbox, or it cannot be told that it is the same.',
      hint: 'Nothing was changed. With --resync everything is loaded anew.',
    });
  }
  return ok({ accountId: changed.value.accountId, result });
}

function answer(accountId: AccountId, result: Moved['result']): Answer {
  const text =
    result === 'kept' ? 'Changed; everything stays.' : `Everything is loaded anew as account ${accountId}.`;
  return { kind: 'data', json: { accountId: String(accountId), result }, text };
}
