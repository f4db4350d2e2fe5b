import { CHOSEN_ROLES, type MailboxChange } from '../../../shared/contract/mailbox-change';
import type { FailureView, MailboxView } from '../../../shared/contract/views';
import type { AccountId } from '../../../shared/domain';
import { type Outcome, ok } from '../../../shared/outcome';
import type { Arguments, Command, Flag } from '../command';
import { findAccount, findMailbox } from '../lookup';
import type { Session } from '../session';
import { usage } from '../usage';

type Plan = (
  args: Arguments,
  session: Session,
  accountId: AccountId | null,
) => Promise<Outcome<MailboxChange, FailureView>>;

const ACCOUNT: Flag = {
  name: 'account',
  value: 'ID',
  help: 'The account, where several have such a mailbox',
};

/** SYNC-042: changes of mailboxes themselves, by the same door as the window's (APP-418). */
export const mailboxCreate = change(
  'create',
  'Create a mailbox, here at once and at the server when it can be asked',
  'NAME',
  [{ name: 'in', value: 'PATH', help: 'The mailbox it lies in; without it at the top' }],
  'Travel --in Work',
  async (args, session, accountId) => {
    const name = args.words[0] ?? '';
    const parent = args.get('in');
    if (parent !== null) {
      const mailbox = await findMailbox(session, parent, accountId);
      if (!mailbox.ok) return mailbox;
      const { id: parentId, accountId: owner } = mailbox.value;
      return ok({ kind: 'create', accountId: owner, parentId, name });
    }
    if (accountId !== null) return ok({ kind: 'create', accountId, parentId: null, name });
    const accounts = await session.call('accounts.list', {});
    if (!accounts.ok) return accounts;
    const [only, second] = accounts.value;
    if (only === undefined || second !== undefined)
      return usage('There is more than one account, or none.', 'Name one with --account ID.');
    return ok({ kind: 'create', accountId: only.id, parentId: null, name });
  },
);

export const mailboxRename = change(
  'rename',
  'Give a mailbox another name or another place, with all that lies in it',
  'PATH|role:NAME',
  [
    { name: 'name', value: 'NAME', help: 'The new name' },
    { name: 'in', value: 'PATH', help: 'The mailbox it moves into' },
    { name: 'top', help: 'Move it to the top of the account' },
  ],
  'Work --name Office',
  async (args, session, accountId) => {
    const [name, parent] = [args.get('name'), args.get('in')];
    if ([name !== null, parent !== null, args.has('top')].filter(Boolean).length !== 1)
      return usage('Say what changes.', 'Give one of --name NAME, --in PATH or --top.');
    const mailbox = await findMailbox(session, args.words[0] ?? '', accountId);
    if (!mailbox.ok) return mailbox;
    const mailboxId = mailbox.value.id;
    if (name !== null) return ok({ kind: 'rename', mailboxId, name });
    if (parent === null) return ok({ kind: 'move', mailboxId, parentId: null });
    const into = await findMailbox(session, parent, mailbox.value.accountId);
    return into.ok ? ok({ kind: 'move', mailboxId, parentId: into.value.id }) : into;
  },
);

export const mailboxDelete = onMailbox(
  'delete',
  'Delete a mailbox and those in it; their messages move to the trash',
  [],
  'Old',
  async (mailboxId) => ok({ kind: 'delete', mailboxId }),
);

export const mailboxSubscribe = onMailbox(
  'subscribe',
  'Subscribe to a mailbox',
  [],
  'News',
  async (mailboxId) => ok({ kind: 'subscribe', mailboxId, subscribed: true }),
);

export const mailboxUnsubscribe = onMailbox(
  'unsubscribe',
  'Unsubscribe from a mailbox; it stays where it is',
  [],
  'News',
  async (mailboxId) => ok({ kind: 'subscribe', mailboxId, subscribed: false }),
);

/** SYNC-037: the user's choice of a role wins over the server's. */
export const mailboxRole = onMailbox(
  'role',
  'Use a mailbox as archive, drafts, sent, trash or junk, whatever the server says',
  [{ name: 'as', value: 'ROLE', required: true, help: `${CHOSEN_ROLES.join(', ')} or none` }],
  'Old --as archive',
  async (mailboxId, args) => {
    const wanted = args.get('as');
    const role = CHOSEN_ROLES.find((one) => one === wanted) ?? null;
    if (role === null && wanted !== 'none')
      return usage(`--as takes ${CHOSEN_ROLES.join(', ')} or none.`, 'For example: --as archive');
    return ok({ kind: 'role', mailboxId, role });
  },
);

function onMailbox(
  verb: string,
  summary: string,
  flags: readonly Flag[],
  example: string,
  plan: (mailboxId: MailboxView['id'], args: Arguments) => Promise<Outcome<MailboxChange, FailureView>>,
): Command {
  return change(verb, summary, 'PATH|role:NAME', flags, example, async (args, session, accountId) => {
    const mailbox = await findMailbox(session, args.words[0] ?? '', accountId);
    return mailbox.ok ? plan(mailbox.value.id, args) : mailbox;
  });
}

function change(
  verb: string,
  summary: string,
  words: string,
  flags: readonly Flag[],
  example: string,
  plan: Plan,
): Command {
  return {
    name: `mailbox ${verb}`,
    summary,
    words,
    least: 1,
    most: 1,
    flags: [ACCOUNT, ...flags],
    example: `homeport mailbox ${verb} ${example}`,
    run: async (args, context) => {
      const session = await context.open('store');
      if (!session.ok) return session;
      const only = args.get('account');
      const account = only === null ? ok(null) : await findAccount(session.value, only);
      if (!account.ok) return account;
      const planned = await plan(args, session.value, account.value?.id ?? null);
      if (!planned.ok) return planned;
      const done = await session.value.call('mailboxes.change', { change: planned.value, origin: 'cli' });
      if (!done.ok) return done;
      const { changeIds, gestureId, mailboxId, affected } = done.value;
      const [first] = changeIds;
      const moved = affected > 0 ? ` ${affected} messages moved to the trash.` : '';
      return ok({
        kind: 'data',
        json: { changeIds: changeIds.map(String), gestureId, mailboxId: String(mailboxId), affected },
        text: `Done.${moved}${first === undefined ? '' : ` Undo with: homeport undo ${first}`}`,
      });
    },
  };
}
