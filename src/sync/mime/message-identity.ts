import { hash } from 'node:crypto';

/**
 * The key of a message inside one account where the server offers none: Message-ID, size and Date together (SYNC-100).
 * Null without a Message-ID: such a message equals only what has the same body (SYNC-101).
 * @param size RFC822.SIZE in bytes
 * @param date the Date header in milliseconds UTC
 */
export function messageIdentity(messageId: string | null, size: number, date: number | null): string | null {
  if (messageId === null || messageId === '') return null;
  return hash('sha1', `${messageId}\n${size}\n${date ?? ''}`, 'base64url');
}
