import { z } from 'zod';
import { ListId, MessageId } from '../domain';
import { ListFilter, ListSort } from './views';

/**
 * What a window of its own shows: a row of a list, with the list as it was, so that the next one is the next there too.
 * Both hosts write it into the fragment of the same page's address (UI-003): a reload comes back to it.
 */
export const WindowRoute = z.strictObject({
  listId: ListId,
  /** What the list's rows are, and so what `itemId` is the id of. */
  mode: z.enum(['threads', 'messages']),
  itemId: z.int().positive(),
  /** The message that is open at first; null = the newest. */
  messageId: MessageId.nullable(),
  sort: ListSort,
  descending: z.boolean(),
  filter: ListFilter.nullable(),
});
export type WindowRoute = z.infer<typeof WindowRoute>;

/** The route as a fragment, without its `#`. */
export function routeFragment(route: WindowRoute): string {
  const { listId, mode, itemId, messageId, sort, descending, filter } = route;
  const parts = [`list=${listId}`, `${mode}=${itemId}`, `sort=${sort}`];
  if (messageId !== null) parts.push(`message=${messageId}`);
  if (!descending) parts.push('order=ascending');
  if (filter !== null) parts.push(`filter=${filter}`);
  return parts.join('&');
}

/** Null for what names no row: then it is the address of a whole window. */
export function parseRoute(fragment: string): WindowRoute | null {
  const parts = new Map(
    fragment
      .replace(/^#/, '')
      .split('&')
      .map((part) => part.split('=', 2) as [string, string]),
  );
  const number = (name: string) => (parts.has(name) ? Number(parts.get(name)) : null);
  const mode = parts.has('messages') ? 'messages' : 'threads';
  const route = WindowRoute.safeParse({
    listId: number('list'),
    mode,
    itemId: number(mode),
    messageId: number('message'),
    sort: parts.get('sort'),
    descending: parts.get('order') !== 'ascending',
    filter: parts.get('filter') ?? null,
  });
  return route.success ? route.data : null;
}
