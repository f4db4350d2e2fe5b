import {
  type DraftId,
  MAILBOX_ROLES,
  type MailboxId,
  type MailboxRole,
  type OutboxId,
} from '../../shared/domain';

/**
 * What a pending change asks for, in local ids only (SYNC 7.1). The version says how to read the JSON of a row that an
 * older program wrote.
 */
export type PendingArgs =
  | { readonly kind: 'keywords'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'move'; readonly toMailboxId: MailboxId; readonly aim: 'mailbox' | 'role' }
  | { readonly kind: 'delete' }
  /** The copy of what was sent (SYNC-284). */
  | { readonly kind: 'append'; readonly toMailboxId: MailboxId; readonly outboxId: OutboxId }
  /** The newest revision of a draft, in the place of the one before (SYNC-302, 303). */
  | { readonly kind: 'save-draft'; readonly draftId: DraftId }
  /** Every revision of a draft that is upstream (SYNC-305). */
  | { readonly kind: 'discard-draft'; readonly token: string }
  | {
      readonly kind: 'create-mailbox';
      readonly mailboxId: MailboxId;
      /** Levels from the top. */
      readonly path: readonly string[];
      readonly role: MailboxRole | null;
    }
  /** Another name, another place, or both; null = at the top. What lies in it goes along (SYNC-042). */
  | {
      readonly kind: 'rename-mailbox';
      readonly mailboxId: MailboxId;
      readonly parentId: MailboxId | null;
      readonly name: string;
    }
  | { readonly kind: 'delete-mailbox'; readonly mailboxId: MailboxId }
  | { readonly kind: 'subscribe-mailbox'; readonly mailboxId: MailboxId; readonly subscribed: boolean };

/** Changes of mailboxes themselves, as opposed to the messages in them. */
export type MailboxArgs = Extract<PendingArgs, { readonly mailboxId: MailboxId }>;

export function isMailboxArgs(args: PendingArgs): args is MailboxArgs {
  return 'mailboxId' in args;
}

const VERSION = 1;
/** Rows of one gesture share their arguments and screens replay them often: parse each text once. */
const parsed = new Map<string, PendingArgs | null>();
const PARSED_LIMIT = 1_000;

export function formatArgs(args: PendingArgs): string {
  const { kind: _, ...rest } = args;
  return JSON.stringify({ v: VERSION, ...rest });
}

/** Null when the row cannot be understood: the caller parks it, nobody deletes it (SYNC-250). */
export function parseArgs(kind: string, json: string): PendingArgs | null {
  const key = `${kind} ${json}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  if (parsed.size >= PARSED_LIMIT) parsed.clear();
  const args = readArgs(kind, json);
  parsed.set(key, args);
  return args;
}

function readArgs(kind: string, json: string): PendingArgs | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isObject(value) || value.v !== VERSION) return null;
  switch (kind) {
    case 'keywords':
      return isTexts(value.add) && isTexts(value.remove)
        ? { kind, add: value.add, remove: value.remove }
        : null;
    case 'move':
      return isId(value.toMailboxId) && (value.aim === 'mailbox' || value.aim === 'role')
        ? { kind, toMailboxId: value.toMailboxId as MailboxId, aim: value.aim }
        : null;
    case 'delete':
      return { kind };
    case 'append':
      return isId(value.toMailboxId) && isId(value.outboxId)
        ? { kind, toMailboxId: value.toMailboxId as MailboxId, outboxId: value.outboxId as OutboxId }
        : null;
    case 'save-draft':
      return isId(value.draftId) ? { kind, draftId: value.draftId as DraftId } : null;
    case 'discard-draft':
      return typeof value.token === 'string' ? { kind, token: value.token } : null;
    case 'create-mailbox': {
      const role = value.role;
      return isId(value.mailboxId) && isTexts(value.path) && (role === null || isRole(role))
        ? { kind, mailboxId: value.mailboxId as MailboxId, path: value.path, role }
        : null;
    }
    case 'rename-mailbox':
      return isId(value.mailboxId) &&
        (value.parentId === null || isId(value.parentId)) &&
        typeof value.name === 'string'
        ? {
            kind,
            mailboxId: value.mailboxId as MailboxId,
            parentId: value.parentId as MailboxId | null,
            name: value.name,
          }
        : null;
    case 'delete-mailbox':
      return isId(value.mailboxId) ? { kind, mailboxId: value.mailboxId as MailboxId } : null;
    case 'subscribe-mailbox':
      return isId(value.mailboxId) && typeof value.subscribed === 'boolean'
        ? { kind, mailboxId: value.mailboxId as MailboxId, subscribed: value.subscribed }
        : null;
    default:
      return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function isRole(value: unknown): value is MailboxRole {
  return typeof value === 'string' && MAILBOX_ROLES.some((role) => role === value);
}
