import type { MailboxView } from '../../shared/contract/views';
import { sidebarStrings } from './sidebar';

/** A folder with the folders above it, as lists outside the tree name it: "Projects/Harbour". */
export function folderPath({ role, path }: Pick<MailboxView, 'role' | 'path'>): string {
  return role === 'inbox' ? sidebarStrings.roles.inbox : path;
}
