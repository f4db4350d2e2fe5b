import { z } from 'zod';
import { AccountId, ChangeId, GestureId, MailboxId } from '../domain';

/** Longest text taken for a name; what a name may be says `folderNameFlaw`. UTF-16 units. */
const NAME_TEXT_MAX = 1_000;
const Name = z.string().max(NAME_TEXT_MAX);

/** Roles a person can give to a folder (SYNC-037). */
export const CHOSEN_ROLES = ['archive', 'drafts', 'sent', 'trash', 'junk'] as const;

/** What may be asked for folders themselves (SYNC-042, APP-033). `parentId` null = at the top of the account. */
export const MailboxChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create'),
    accountId: AccountId,
    parentId: MailboxId.nullable(),
    name: Name,
  }),
  z.strictObject({ kind: z.literal('rename'), mailboxId: MailboxId, name: Name }),
  z.strictObject({ kind: z.literal('move'), mailboxId: MailboxId, parentId: MailboxId.nullable() }),
  /** With everything in it: folders go, messages move to the trash. */
  z.strictObject({ kind: z.literal('delete'), mailboxId: MailboxId }),
  z.strictObject({ kind: z.literal('subscribe'), mailboxId: MailboxId, subscribed: z.boolean() }),
  /** Null = no role, whatever the server says. */
  z.strictObject({ kind: z.literal('role'), mailboxId: MailboxId, role: z.enum(CHOSEN_ROLES).nullable() }),
]);
export type MailboxChange = z.infer<typeof MailboxChange>;

export const MailboxChangeResult = z.object({
  gestureId: GestureId,
  /** Empty for what no server has to hear of. */
  changeIds: z.array(ChangeId),
  /** The folder it is about; of a creation the new one. */
  mailboxId: MailboxId,
  /** Messages that moved to the trash. */
  affected: z.int(),
});
export type MailboxChangeResult = z.infer<typeof MailboxChangeResult>;
