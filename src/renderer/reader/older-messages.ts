/** Folded messages shown on each side of a long middle. */
const SHOWN_AT_ENDS = 5;
/** Conversations up to this many messages are shown whole; the rest hide their middle (APP-101: 2,000 messages). */
const SHOWN_WHOLE = 30;

/**
 * Which messages of a conversation (oldest first) stand behind "Show n older messages": a range [from, to), empty when
 * all are shown.
 */
export function hiddenRange(count: number, all: boolean): { readonly from: number; readonly to: number } {
  if (all || count <= SHOWN_WHOLE) return { from: 0, to: 0 };
  return { from: 1, to: count - SHOWN_AT_ENDS };
}
