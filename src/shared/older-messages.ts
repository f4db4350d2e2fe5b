/** Folded messages shown at the end of a long conversation. */
const SHOWN_AT_END = 5;
/** Conversations up to this many messages are shown whole; the rest hide their middle (APP-101: 2,000 messages). */
const SHOWN_WHOLE = 30;
/** Messages of the middle that are asked for at once. */
export const OLDER_PAGE = 50;

/**
 * Which messages of a conversation (oldest first) stand behind "Show n older messages": a range [from, to), empty when
 * all are shown.
 */
export function hiddenRange(count: number): { readonly from: number; readonly to: number } {
  return count <= SHOWN_WHOLE ? { from: 0, to: 0 } : { from: 1, to: count - SHOWN_AT_END };
}
