import { z } from 'zod';
import { DraftId, ListId, MessageId } from '../domain';
import { ListFilter, ListSort } from './views';

/** A row of a list, with the list as it was, so that the next one is the next there too. */
export const RowRoute = z.strictObject({
  kind: z.literal('row'),
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
export type RowRoute = z.infer<typeof RowRoute>;

/** A letter that is being written. */
const DraftRoute = z.strictObject({ kind: z.literal('draft'), draftId: DraftId });

/**
 * What a window of its own shows. Both hosts write it into the fragment of the same page's address (UI-003): a reload
 * comes back to it.
 */
export const WindowRoute = z.discriminatedUnion('kind', [RowRoute, DraftRoute]);
export type WindowRoute = z.infer<typeof WindowRoute>;

/** The route as a fragment, without its `#`. */
export function routeFragment(route: WindowRoute): string {
  if (route.kind === 'draft') return `draft=${route.draftId}`;
  const { listId, mode, itemId, messageId, sort, descending, filter } = route;
  const parts = [`list=${listId}`, `${mode}=${itemId}`, `sort=${sort}`];
  if (messageId !== null) parts.push(`message=${messageId}`);
  if (!descending) parts.push('order=ascending');
  if (filter !== null) parts.push(`filter=${filter}`);
  return parts.join('&');
}

/** Null for what names nothing: then it is the address of a whole window. */
export function parseRoute(fragment: string): WindowRoute | null {
  const parts = new Map(
    fragment
      .replace(/^#/, '')
      .split('&')
      .map((part) => part.split('=', 2) as [string, string]),
  );
  const number = (name: string) => (parts.has(name) ? Number(parts.get(name)) : null);
  const mode = parts.has('messages') ? 'messages' : 'threads';
  const route = WindowRoute.safeParse(
    parts.has('draft')
      ? { kind: 'draft', draftId: number('draft') }
      : {
          kind: 'row',
          listId: number('list'),
          mode,
          itemId: number(mode),
          messageId: number('message'),
          sort: parts.get('sort'),
          descending: parts.get('order') !== 'ascending',
          filter: parts.get('filter') ?? null,
        },
  );
  return route.success ? route.data : null;
}

/** Whether both show the same thing, wherever in it they began. */
export function showsSame(one: WindowRoute, other: WindowRoute): boolean {
  if (one.kind === 'draft' || other.kind === 'draft')
    return one.kind === 'draft' && other.kind === 'draft' && one.draftId === other.draftId;
  return one.listId === other.listId && one.mode === other.mode && one.itemId === other.itemId;
}
