import { z } from 'zod';

const MinuteOfDay = z.int().min(0).max(1439);

/** What is told of new mail, and when (APP-270, APP-271). */
export const NotificationSettings = z
  .looseObject({
    enabled: z.boolean(),
    content: z.enum(['full', 'sender', 'none']),
    /** Minutes after local midnight between which nothing is told; over midnight when `from` is the later one. */
    quiet: z.looseObject({ from: MinuteOfDay, until: MinuteOfDay }).nullable().optional(),
    /** Accounts whose new mail is not told. */
    silentAccounts: z.array(z.int()).optional(),
    /** By the number of a mailbox, whether its new mail is told; of those that are not here, inboxes are. */
    folders: z.record(z.string(), z.boolean()).optional(),
  })
  .catch({ enabled: true, content: 'full' });
