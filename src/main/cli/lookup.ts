import type { AccountView, FailureView, MailboxView, MessageView } from '../../shared/contract/views';
import type { AccountId, ChangeId, MessageId } from '../../shared/domain';
import {
  AccountId as AccountIdSchema,
  ChangeId as ChangeIdSchema,
  MessageId as MessageIdSchema,
} from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Session } from './session';
import { usage } from './usage';

/** From what people type to what the contract takes. To scripts ids are opaque: one that cannot be ours is not found. */
type Found<T> = Outcome<T, FailureView>;

export function parseAccountId(text: string): Found<AccountId> {
  const parsed = AccountIdSchema.safeParse(toNumber(text));
  return parsed.success
    ? ok(parsed.data)
    : missing(`There is no account ${text}.`, 'See homeport account list.');
}

export function parseMessageId(text: string): Found<MessageId> {
  const parsed = MessageIdSchema.safeParse(toNumber(text));
  return parsed.success ? ok(parsed.data) : missing(`There is no message ${text}.`, 'See homeport list.');
}

export function parseChangeId(text: string): Found<ChangeId> {
  const parsed = ChangeIdSchema.safeParse(toNumber(text));
  return parsed.success
    ? ok(parsed.data)
    : missing(`There is no change ${text}.`, 'See homeport pending list.');
}

/** A whole number of a flag, within bounds. */
export function parseCount(
  flag: string,
  text: string | null,
  fallback: number,
  most: number,
  least = 0,
): Found<number> {
  const value = text === null ? fallback : toNumber(text);
  if (Number.isSafeInteger(value) && value >= least && value <= most) return ok(value);
  return usage(
    `--${flag} takes a whole number from ${least} to ${most}.`,
    `For example: --${flag} ${fallback}`,
  );
}

export async function findAccount(session: Session, text: string): Promise<Found<AccountView>> {
  const id = parseAccountId(text);
  if (!id.ok) return id;
  const accounts = await session.call('accounts.list', {});
  if (!accounts.ok) return accounts;
  const account = accounts.value.find((candidate) => candidate.id === id.value);
  return account ? ok(account) : missing(`There is no account ${text}.`, 'See homeport account list.');
}

export async function findMessage(session: Session, text: string): Promise<Found<MessageView>> {
  const id = parseMessageId(text);
  if (!id.ok) return id;
  const message = await session.call('messages.get', { messageId: id.value });
  if (!message.ok) return message;
  return message.value ? ok(message.value) : missing(`There is no message ${text}.`, 'See homeport list.');
}

/** A mailbox by path or `role:NAME`, in one account or in the only one that has it. */
export async function findMailbox(
  session: Session,
  text: string,
  accountId: AccountId | null,
): Promise<Found<MailboxView>> {
  const found = await findMailboxes(session, text, accountId);
  if (!found.ok) return found;
  const [first, second] = found.value;
  if (first === undefined || second !== undefined)
    return usage(`Several accounts have a mailbox “${text}”.`, 'Name one with --account ID.');
  return ok(first);
}

/** The same in every account that has it; at least one. */
export async function findMailboxes(
  session: Session,
  text: string,
  accountId: AccountId | null,
): Promise<Found<readonly MailboxView[]>> {
  const mailboxes = await session.call('mailboxes.list', {});
  if (!mailboxes.ok) return mailboxes;
  const role = text.startsWith('role:') ? text.slice('role:'.length) : null;
  const found = mailboxes.value.filter(
    (mailbox) =>
      (accountId === null || mailbox.accountId === accountId) &&
      (role === null ? isPath(mailbox, text) : mailbox.role === role),
  );
  return found.length > 0 ? ok(found) : missing(`There is no mailbox “${text}”.`, 'See homeport status.');
}

/** The inbox is the one name IMAP writes in any case. */
function isPath({ path, role }: MailboxView, text: string): boolean {
  return path === text || (role === 'inbox' && text.toUpperCase() === 'INBOX' && path === 'INBOX');
}

export async function mailboxesById(session: Session): Promise<Found<ReadonlyMap<number, MailboxView>>> {
  const mailboxes = await session.call('mailboxes.list', {});
  return mailboxes.ok ? ok(new Map(mailboxes.value.map((mailbox) => [mailbox.id, mailbox]))) : mailboxes;
}

function toNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function missing(message: string, hint: string): Found<never> {
  return fail<FailureView>({ kind: 'not-found', message, hint });
}
