import type { Settings } from '../../shared/contract/settings';
import type { AccountView, ListView, MailboxView } from '../../shared/contract/views';
import { type ListId, SMART_LISTS, type SmartListName } from '../../shared/domain';
import { mailboxName } from '../list/list-title';
import { outboxStrings } from '../strings/outbox';
import { sidebarStrings } from '../strings/sidebar';
import { type FolderNode, folderTree, unreadBelow } from './folder-tree';

interface Line {
  readonly key: string;
  /** From 1. */
  readonly level: number;
  readonly parent: string | null;
  /** null = has nothing to unfold. */
  readonly expanded: boolean | null;
  readonly label: string;
  /** Number at the end of the line; 0 = none. */
  readonly count: number;
  /** True when the number means unread mail; else it is a total. */
  readonly unread: boolean;
}

/** A search that was saved (APP-172). */
export type SavedSearch = Settings['savedSearches'][number];

/** One visible line of the side bar (UI-005). */
export type SidebarLine =
  | (Line & { readonly kind: 'smart'; readonly name: SmartListName; readonly listId: ListId })
  | (Line & { readonly kind: 'search'; readonly search: SavedSearch })
  | (Line & { readonly kind: 'outbox' })
  | (Line & { readonly kind: 'account'; readonly account: AccountView; readonly inboxId: ListId | null })
  | (Line & { readonly kind: 'folder'; readonly mailbox: MailboxView; readonly listId: ListId });

interface SidebarFacts {
  readonly accounts: readonly AccountView[];
  readonly mailboxes: readonly MailboxView[];
  readonly lists: readonly ListView[];
  readonly collapsed: ReadonlySet<string>;
  readonly searches: readonly SavedSearch[];
  /** What has not left yet, and how much of it needs a person; the line is there only when there is something (APP-031). */
  readonly outbox?: { readonly waiting: number; readonly failures: number };
}

/** Smart lists in the order of UI-005, and what the number beside them counts. */
const SMART: readonly (readonly [SmartListName, 'unread' | 'rows' | null])[] = [
  ['inbox', 'unread'],
  ['unread', 'unread'],
  ['starred', null],
  ['snoozed', 'rows'],
  ['drafts', 'rows'],
  ['sent', null],
  ['all', null],
];

/** All lines from top to bottom: smart lists, saved searches, then each account with what is unfolded of its folders. */
export function sidebarLines({
  accounts,
  mailboxes,
  lists,
  collapsed,
  searches,
  outbox,
}: SidebarFacts): SidebarLine[] {
  const views = new Map(lists.map((view) => [view.id as number, view]));
  const lines: SidebarLine[] = SMART.map(([name, counts]) => {
    const view = views.get(SMART_LISTS[name]);
    const label =
      name === 'inbox' && accounts.length > 1 ? sidebarStrings.inboxOfAll : sidebarStrings.smartLists[name];
    const count =
      counts === 'unread' ? (view?.unreadMessages ?? 0) : counts === 'rows' ? (view?.rows ?? 0) : 0;
    return {
      kind: 'smart',
      key: `smart:${name}`,
      level: 1,
      parent: null,
      expanded: null,
      label,
      count,
      unread: counts === 'unread',
      name,
      listId: SMART_LISTS[name] as ListId,
    };
  });
  if (outbox && outbox.waiting > 0) {
    const label = outboxStrings.title;
    lines.splice(SMART.findIndex(([name]) => name === 'drafts') + 1, 0, {
      kind: 'outbox',
      key: 'smart:outbox',
      level: 1,
      parent: null,
      expanded: null,
      label,
      count: outbox.failures > 0 ? outbox.failures : outbox.waiting,
      unread: outbox.failures > 0,
    });
  }
  lines.push(...searches.map(searchLine));
  for (const account of [...accounts].sort((a, b) => a.position - b.position)) {
    lines.push(
      ...accountLines(
        account,
        mailboxes.filter((mailbox) => mailbox.accountId === account.id),
        collapsed,
      ),
    );
  }
  return lines;
}

function searchLine(search: SavedSearch): SidebarLine {
  const label = search.query.trim();
  const key = `search:${search.query}`;
  return {
    kind: 'search',
    key,
    level: 1,
    parent: null,
    expanded: null,
    label,
    count: 0,
    unread: false,
    search,
  };
}

function accountLines(
  account: AccountView,
  mailboxes: readonly MailboxView[],
  collapsed: ReadonlySet<string>,
): SidebarLine[] {
  const key = `account:${account.id}`;
  const open = !collapsed.has(key);
  const label = account.name || account.email;
  const inbox = mailboxes.find((mailbox) => mailbox.role === 'inbox');
  const lines: SidebarLine[] = [
    {
      kind: 'account',
      key,
      level: 1,
      parent: null,
      expanded: mailboxes.length > 0 ? open : null,
      label,
      count: open ? 0 : (inbox?.unread ?? 0),
      unread: true,
      account,
      inboxId: inbox ? (inbox.id as number as ListId) : null,
    },
  ];
  const walk = (nodes: readonly FolderNode[], level: number, parent: string) => {
    for (const node of nodes) {
      const { mailbox, children } = node;
      const folderKey = `folder:${mailbox.id}`;
      const unfolded = !collapsed.has(folderKey);
      const name = mailboxName(mailbox);
      const countsAll = mailbox.role === 'drafts';
      const hidden = children.length > 0 && !unfolded ? unreadBelow(node) : 0;
      lines.push({
        kind: 'folder',
        key: folderKey,
        level,
        parent,
        expanded: children.length > 0 ? unfolded : null,
        label: name,
        count: countsAll ? mailbox.total : mailbox.unread + hidden,
        unread: !countsAll,
        mailbox,
        listId: mailbox.id as number as ListId,
      });
      if (unfolded) walk(children, level + 1, folderKey);
    }
  };
  if (open) walk(folderTree(mailboxes), 2, key);
  return lines;
}

/** Accessible name of a line: what it is called and what its number means (APP-039). */
export function lineName(line: SidebarLine): string {
  if (line.kind === 'account') {
    const state = line.account.state === 'ok' ? null : sidebarStrings.states[line.account.state];
    return sidebarStrings.account(line.label, state);
  }
  if (line.kind === 'search') return sidebarStrings.savedSearch(line.label);
  if (line.count === 0) return line.label;
  if (line.kind === 'outbox')
    return (line.unread ? outboxStrings.failuresOf : outboxStrings.waitingOf)(line.label, line.count);
  return line.unread
    ? sidebarStrings.withUnread(line.label, line.count)
    : sidebarStrings.withTotal(line.label, line.count);
}
