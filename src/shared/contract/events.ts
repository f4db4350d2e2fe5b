import { z } from 'zod';
import { AccountId, MessageId, OutboxId, RequestId, Seq } from '../domain';
import { FailureView, StatusView } from './views';

/**
 * What may have changed. A topic is a name without data: whoever shows it asks again.
 * 'list:<id>' rows of a list · 'lists' counters · 'mailboxes' · 'accounts' · 'thread:<id>' · 'body:<messageId>' · 'pending' · 'settings' · 'syncLog' · 'snoozes' what is put off
 * 'drafts' which there are · 'draft:<id>' one of them · 'outbox' · 'identities'
 */
export const Topic = z
  .string()
  .regex(
    /^(lists|mailboxes|accounts|pending|settings|syncLog|snoozes|drafts|outbox|identities|draft:[0-9]+|list:-?[0-9]+|thread:[0-9]+|body:[0-9]+)$/,
  );
export type Topic = z.infer<typeof Topic>;

/** Longer addresses are no work of a person. */
export const MAX_LINK_CHARS = 8000;

/** Pushed by the host to every window; validated on both sides. */
export const HostEvent = z.discriminatedUnion('kind', [
  /** "Collection X reached Seq N": no data (glossary: notice). */
  z.strictObject({ kind: z.literal('notice'), seq: Seq, topics: z.array(Topic) }),
  z.strictObject({ kind: z.literal('status'), status: StatusView }),
  /**
   * New mail worth a notification, never old mail found by backfill (APP-270); `back` = no new mail, but what was put
   * off until now (APP-163).
   */
  z.strictObject({
    kind: z.literal('new-mail'),
    accountId: AccountId,
    back: z.boolean().optional(),
    messages: z.array(
      z.object({ messageId: MessageId, from: z.string(), subject: z.string(), snippet: z.string() }),
    ),
  }),
  /** A change the server refused and that is now parked, so that the user is told once. */
  z.strictObject({ kind: z.literal('parked'), title: z.string(), failure: FailureView }),
  /** What a mail server wants its people to read (RFC 9051 7.1), at most once a day for each text (SYNC-134). */
  z.strictObject({ kind: z.literal('alert'), account: z.string(), text: z.string().max(500) }),
  /** Files somebody saves with `content.save`: how many are written since the dialog has closed. */
  z.strictObject({
    kind: z.literal('saving'),
    requestId: RequestId,
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
  }),
  /** A message that was sent did not leave: for good, or not for a quarter of an hour (SYNC-275). Told once. */
  z.strictObject({
    kind: z.literal('unsent'),
    outboxId: OutboxId,
    subject: z.string(),
    reason: z.enum(['failed', 'delayed']),
    failure: FailureView,
  }),
  /** The engine stopped or came back (APP-279). */
  z.strictObject({ kind: z.literal('engine'), state: z.enum(['running', 'restarting', 'failed']) }),
  /** A menu, tray, notification or second start asks the window to run a registered command or open a message. */
  z.strictObject({ kind: z.literal('command'), command: z.string().max(100) }),
  /** `reply` = and begins the answer to it. */
  z.strictObject({
    kind: z.literal('open-message'),
    messageId: MessageId,
    reply: z.boolean().optional(),
  }),
  /** A `mid:` or `mailto:` address that the system handed to Homeport (APP-274), as it came. */
  z.strictObject({ kind: z.literal('open-link'), url: z.string().max(MAX_LINK_CHARS) }),
  /** Asks whether Homeport is to open the mail addresses of this computer (APP-274). */
  z.strictObject({ kind: z.literal('ask-default-app') }),
]);
export type HostEvent = z.infer<typeof HostEvent>;
