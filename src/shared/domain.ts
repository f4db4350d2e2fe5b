import { z } from 'zod';

/** Our own ids: integers, stable for the life of the database. Branded so that they cannot be mixed up. */
export const AccountId = z.int().positive().brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;
export const MailboxId = z.int().positive().brand<'MailboxId'>();
export type MailboxId = z.infer<typeof MailboxId>;
export const MessageId = z.int().positive().brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;
export const ThreadId = z.int().positive().brand<'ThreadId'>();
export type ThreadId = z.infer<typeof ThreadId>;
export const ChangeId = z.int().positive().brand<'ChangeId'>();
export type ChangeId = z.infer<typeof ChangeId>;
export const IdentityId = z.int().positive().brand<'IdentityId'>();
export type IdentityId = z.infer<typeof IdentityId>;
export const DraftId = z.int().positive().brand<'DraftId'>();
export type DraftId = z.infer<typeof DraftId>;
/** One message on its way out: a submission and its filing. */
export const OutboxId = z.int().positive().brand<'OutboxId'>();
export type OutboxId = z.infer<typeof OutboxId>;
/** One user action: the unit of undo and of the needs-attention panel (SYNC 7.1). */
export const GestureId = z.string().min(1).max(64).brand<'GestureId'>();
export type GestureId = z.infer<typeof GestureId>;
/** What a window waits for: new and random, so that it can follow it and stop it (UI-052). */
export const RequestId = z.string().min(1).max(64).brand<'RequestId'>();
export type RequestId = z.infer<typeof RequestId>;
/** A position in the change log (SYNC-314): gap-free, never reused. */
export const Seq = z.int().nonnegative().brand<'Seq'>();
export type Seq = z.infer<typeof Seq>;

/**
 * What the list pane can show. Positive = the mailbox with that id; negative = a view over every account
 * (SMART_LISTS). One id space, so one table, one index and one query serve both.
 */
export const ListId = z.int().brand<'ListId'>();
export type ListId = z.infer<typeof ListId>;

export const SMART_LISTS = {
  inbox: -1,
  unread: -2,
  starred: -3,
  drafts: -4,
  sent: -5,
  all: -6,
  snoozed: -7,
} as const;
export type SmartListName = keyof typeof SMART_LISTS;

/** Mailbox roles we act on (RFC 6154 attributes in our words; glossary). */
export const MAILBOX_ROLES = [
  'inbox',
  'archive',
  'drafts',
  'sent',
  'trash',
  'junk',
  'all',
  'flagged',
  'important',
] as const;
export const MailboxRole = z.enum(MAILBOX_ROLES);
export type MailboxRole = z.infer<typeof MailboxRole>;

export const PROTOCOLS = ['imap', 'jmap', 'local'] as const;
export const Protocol = z.enum(PROTOCOLS);
export type Protocol = z.infer<typeof Protocol>;

/** cli.md "account" states. `new`, `probing` and `removing` exist only while that work runs (SYNC-001). */
export const ACCOUNT_STATES = [
  'new',
  'probing',
  'ok',
  'syncing',
  'offline',
  'auth',
  'paused',
  'error',
  'removing',
] as const;
export const AccountState = z.enum(ACCOUNT_STATES);
export type AccountState = z.infer<typeof AccountState>;

export const PENDING_STATES = ['waiting', 'claimed', 'probing', 'parked'] as const;
export const PendingState = z.enum(PENDING_STATES);
export type PendingState = z.infer<typeof PendingState>;

/** Who caused a change (SYNC 7.1 `origin`); a device's is `device:<id>`. */
export const Origin = z.string().regex(/^(server|user|undo|rule|import|cli|device:[0-9]+)$/);
export type Origin = z.infer<typeof Origin>;

export const Person = z.strictObject({ name: z.string(), address: z.string() });
export type Person = z.infer<typeof Person>;

/** Keywords as JMAP names them (RFC 8621 4.1.1): lower case, system ones with `$`. */
export const Keyword = z.string().min(1).max(255);
export type Keyword = z.infer<typeof Keyword>;
/** A keyword that may be set (RFC 8621 4.1.1): no space, control or non-ASCII character, none of ( ) { ] % * " \. */
export const SettableKeyword = Keyword.regex(/^[!#$&'+-Z[^-z|}~]+$/);
export const SEEN = '$seen';
export const FLAGGED = '$flagged';
export const ANSWERED = '$answered';
export const FORWARDED = '$forwarded';
export const DRAFT = '$draft';
/**
 * Tells other clients that a message is put off; until when stays on this computer (APP-163). Best effort: a server that
 * does not keep it is no failure.
 */
export const SNOOZED = '$snoozed';
/**
 * Instead of an instant, what ends a snooze: the account is online again, or nothing but an answer - which ends every
 * other snooze too. The last milliseconds a date can have, so that both sort behind every instant.
 */
export const SNOOZE_UNTIL = { online: 8_640_000_000_000_000 - 1, answered: 8_640_000_000_000_000 } as const;
/** Our word for IMAP \Deleted; hidden and not counted (SYNC-091). */
export const DELETED = '$deleted';

/** How one thing is protected end to end; we label it, we do not open it yet (APP-100). */
export const Protection = z.enum(['none', 'signed', 'encrypted']);
export type Protection = z.infer<typeof Protection>;
