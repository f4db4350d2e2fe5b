import {
  AlarmClock,
  Archive,
  FileText,
  Folder,
  Inbox,
  type LucideIcon,
  Mail,
  Mails,
  OctagonAlert,
  Send,
  SendHorizontal,
  Star,
  Trash2,
} from 'lucide-react';
import type { MailboxRole, SmartListName } from '../../shared/domain';

const SMART: Record<SmartListName, LucideIcon> = {
  inbox: Inbox,
  unread: Mail,
  starred: Star,
  snoozed: AlarmClock,
  drafts: FileText,
  sent: Send,
  all: Mails,
};
const ROLES: Record<MailboxRole, LucideIcon> = {
  inbox: Inbox,
  archive: Archive,
  drafts: FileText,
  sent: Send,
  trash: Trash2,
  junk: OctagonAlert,
  all: Mails,
  flagged: Star,
  important: Mail,
};

export function SmartIcon({ name }: { readonly name: SmartListName }) {
  const Icon = SMART[name];
  return <Icon size={16} aria-hidden />;
}

export function OutboxIcon() {
  return <SendHorizontal size={16} aria-hidden />;
}

export function FolderIcon({ role }: { readonly role: MailboxRole | null }) {
  const Icon = role ? ROLES[role] : Folder;
  return <Icon size={16} aria-hidden />;
}
