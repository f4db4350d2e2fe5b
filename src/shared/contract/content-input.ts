import { z } from 'zod';
import { MessageId } from '../domain';

/** Messages in messages in messages that are looked into; the next one is saved and opened as a file. */
export const MAX_NESTING = 8;

/** The way into messages attached to messages: positions of attachments, outermost first; none = the message itself. */
const Inside = z.array(z.int().nonnegative()).max(MAX_NESTING).optional();

/** One attachment by its position. */
export const AttachmentPlace = z.strictObject({
  messageId: MessageId,
  index: z.int().nonnegative(),
  inside: Inside,
});

/** Bytes of a message that a window may fetch. */
export const ContentInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('attachment'), index: z.int().nonnegative(), inside: Inside }),
  z.strictObject({ kind: z.literal('cid'), contentId: z.string().max(1000), inside: Inside }),
  z.strictObject({ kind: z.literal('source') }),
  /** All of a body of which `messages.body` gave the beginning; read in the same character set. */
  z.strictObject({
    kind: z.literal('body'),
    as: z.enum(['html', 'text']),
    charset: z.string().max(40).nullable(),
  }),
]);

/** What is saved: attachments, by position, or whole messages. */
export const SaveItems = z
  .array(
    z.object({
      messageId: MessageId,
      part: z.union([z.int().nonnegative(), z.literal('source')]),
      inside: Inside,
    }),
  )
  .min(1)
  .max(500);
