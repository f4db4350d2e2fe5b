import type { ImapAccountInput, PinnedCertificate } from '../../shared/contract/methods';
import type {
  AccountId,
  AccountState,
  ChangeId,
  GestureId,
  MailboxId,
  MailboxRole,
  MessageId,
  Origin,
  PendingState,
  Protocol,
} from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import type { MailboxStatus, PartFacts } from '../../shared/observation';
import type { PendingArgs } from './pending-args';

/** What IMAP accounts are set up with; the secret is only named by its handle (SYNC-005). */
export type AccountSettings = Omit<ImapAccountInput, 'secretRef' | 'pinned'>;

export interface AccountRow {
  readonly id: AccountId;
  readonly protocol: Protocol;
  readonly name: string;
  readonly email: string;
  readonly hue: number;
  readonly position: number;
  readonly state: AccountState;
  readonly failure: Failure | null;
  readonly paused: boolean;
  /** Null for local accounts. */
  readonly settings: AccountSettings | null;
  readonly secretRef: string | null;
  readonly pinned: readonly PinnedCertificate[];
  readonly lastSyncedAt: number | null;
  readonly watch: 'idle' | 'poll' | 'none';
  readonly createdAt: number;
  /** Set while the account's rows are being removed (SYNC-003). */
  readonly removedAt: number | null;
}

export interface MailboxRow {
  readonly id: MailboxId;
  readonly accountId: AccountId;
  readonly parentId: MailboxId | null;
  /** Null until a mailbox made here exists upstream. */
  readonly remoteKey: string | null;
  readonly remoteId: string | null;
  readonly path: string;
  readonly name: string;
  readonly delimiter: string | null;
  /** The user's choice, else the server's. */
  readonly role: MailboxRole | null;
  readonly selectable: boolean;
  readonly subscribed: boolean;
  readonly namespace: 'personal' | 'other' | 'shared';
  readonly policy: 'off' | 'headers' | 'text' | 'everything';
  readonly serverTotal: number | null;
  readonly serverUnseen: number | null;
  /** STATUS of the last listing. */
  readonly status: MailboxStatus | null;
  readonly lastSyncedAt: number | null;
  readonly tombstonedAt: number | null;
  readonly createdByChange: ChangeId | null;
  readonly stored: number;
  readonly bodies: number;
}

export interface PlacementRow {
  readonly mailboxId: MailboxId;
  readonly remoteKey: string | null;
  readonly role: MailboxRole | null;
  readonly uid: number;
  /** Null before the mailbox has a checkpoint. */
  readonly uidValidity: string | null;
  readonly identity: string | null;
  readonly keywords: readonly string[];
  readonly verified: boolean;
}

export interface MissingBody {
  readonly messageId: MessageId;
  readonly uid: number;
  readonly size: number;
  readonly receivedAt: number;
  readonly parts: readonly PartFacts[];
}

export interface PendingTarget {
  readonly messageId: MessageId;
  /** Source of a move or delete; null where the change does not concern one. */
  readonly mailboxId: MailboxId | null;
}

export interface PendingRow {
  readonly id: ChangeId;
  readonly accountId: AccountId;
  readonly lane: string;
  readonly kind: string;
  /** Null when they cannot be understood: park it (SYNC-250). */
  readonly args: PendingArgs | null;
  readonly targets: readonly PendingTarget[];
  readonly origin: Origin;
  readonly gestureId: GestureId;
  readonly token: string;
  readonly state: PendingState;
  readonly notBefore: number;
  readonly attempts: number;
  readonly firstFailureAt: number | null;
  readonly lastError: Failure | null;
  /** What was written down before the first byte left; null before the first claim. */
  readonly wire: unknown;
  readonly createdAt: number;
}
