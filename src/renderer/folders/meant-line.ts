import type { MailboxView } from '../../shared/contract/views';
import {
  type AccountId,
  type ListId,
  type MailboxId,
  SMART_LISTS,
  type SmartListName,
} from '../../shared/domain';
import { knownMailboxes } from '../actions/known';
import type { CommandTarget } from '../commands/target';
import { currentRegion, focusedElement } from '../layout/regions';
import { useUi } from '../state/ui-store';

/** What a line of the side bar stands for, by its key; null = nothing that commands act on. */
export function targetOfLine(key: string): CommandTarget | null {
  const [, kind, name = ''] = /^(\w+):(.*)$/s.exec(key) ?? [];
  switch (kind) {
    case 'folder':
      return { kind: 'mailbox', mailboxId: Number(name) as MailboxId };
    case 'account':
      return { kind: 'account', accountId: Number(name) as AccountId };
    case 'search':
      return { kind: 'search', query: name };
    case 'smart':
      return isSmart(name) ? { kind: 'list', listId: SMART_LISTS[name] as ListId } : null;
    default:
      return null;
  }
}

function isSmart(name: string): name is SmartListName {
  return Object.hasOwn(SMART_LISTS, name);
}

/** What is meant: the target, else the line of the side bar that has the focus, else the list on screen. */
export function meantLine(target: CommandTarget | undefined): CommandTarget | null {
  if (target !== undefined) return target;
  const line = currentRegion() === 'sidebar' ? focusedElement()?.closest<HTMLElement>('[data-key]') : null;
  if (line?.dataset.key) return targetOfLine(line.dataset.key);
  const { listId, outbox } = useUi.getState();
  return outbox ? null : { kind: 'list', listId };
}

function mailboxWith(listId: ListId | MailboxId): MailboxView | null {
  return knownMailboxes().find(({ id }) => (id as number) === (listId as number)) ?? null;
}

/** The folder itself, or the one whose list it is. */
export function meantMailbox(target: CommandTarget | undefined): MailboxView | null {
  const what = meantLine(target);
  if (what?.kind === 'mailbox') return mailboxWith(what.mailboxId);
  return what?.kind === 'list' ? mailboxWith(what.listId) : null;
}

/** The list itself, or that of the folder. */
export function meantList(target: CommandTarget | undefined): ListId | null {
  const what = meantLine(target);
  if (what?.kind === 'mailbox') return what.mailboxId as number as ListId;
  return what?.kind === 'list' ? what.listId : null;
}

/** The account itself, or the one of the folder. */
export function meantAccount(target: CommandTarget | undefined): AccountId | null {
  const what = meantLine(target);
  return what?.kind === 'account' ? what.accountId : (meantMailbox(target)?.accountId ?? null);
}
