/**
 * list_rows.item_id: a conversation's id as it is, a message's id negated. While a list changes its mode, rows of both
 * kinds stand side by side in one table; the sign keeps a message from taking the place of the conversation with the
 * same number.
 */
export function rowKey(mode: 'threads' | 'messages', itemId: number): number {
  return mode === 'messages' ? -itemId : itemId;
}

/** What windows and mutations call the row: always positive, its kind is the list's mode. */
export function itemOfKey(key: number): number {
  return Math.abs(key);
}
