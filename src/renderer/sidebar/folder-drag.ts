import type { DragEvent } from 'react';
import type { MailboxView } from '../../shared/contract/views';
import { knownMailboxes } from '../actions/known';
import { moveFolder } from '../folders/change-folder';
import { canLieIn, canMove } from '../folders/folder-rules';
import type { SidebarLine } from './sidebar-lines';

/** Marks a drag as one of our folders while `dragover` may not read data. */
const FOLDER_DRAG_TYPE = 'application/x-homeport-folder';

let current: MailboxView | null = null;

export function canDrag(line: SidebarLine): boolean {
  return line.kind === 'folder' && canMove(line.mailbox);
}

/** Begins to drag a folder; outside a place for it nothing happens. The keyed twin is "Move to…" (UI-070). */
export function startFolderDrag(event: DragEvent, line: SidebarLine): void {
  if (line.kind !== 'folder') return;
  current = line.mailbox;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData(FOLDER_DRAG_TYPE, '');
  event.target.addEventListener(
    'dragend',
    () => {
      current = null;
    },
    { once: true },
  );
}

/** A folder goes into another one of its account, or onto the account itself: to the top. */
export function canDropFolder(line: SidebarLine): boolean {
  if (!current || line.kind === 'smart' || line.kind === 'search' || line.kind === 'outbox') return false;
  const parent = line.kind === 'folder' ? line.mailbox : null;
  const accountId = line.kind === 'account' ? line.account.id : line.mailbox.accountId;
  return canLieIn(current, parent, accountId, knownMailboxes());
}

export function dropFolder(line: SidebarLine): void {
  if (current && canDropFolder(line)) void moveFolder(current, line.kind === 'folder' ? line.mailbox : null);
}
