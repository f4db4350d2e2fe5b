import {
  CalendarDays,
  Contact,
  FileArchive,
  FileImage,
  FileSpreadsheet,
  FileText,
  type LucideIcon,
  Mail,
  File as PlainFile,
  TriangleAlert,
} from 'lucide-react';
import type { AttachmentView } from '../../shared/contract/views';
import { type PreviewKind, previewKind } from '../../shared/preview-kind';
import styles from './attachments.module.css';

const ICONS: Record<Exclude<PreviewKind, 'none'>, LucideIcon> = {
  image: FileImage,
  pdf: FileText,
  text: FileText,
  table: FileSpreadsheet,
  calendar: CalendarDays,
  contacts: Contact,
  message: Mail,
};

/** What kind of file it is, at a glance; dangerous ones carry the sign of danger whatever they claim to be. */
export function FileIcon({
  file,
}: {
  readonly file: Pick<AttachmentView, 'danger' | 'filename' | 'mediaType'>;
}) {
  if (file.danger !== null) return <TriangleAlert className={styles.danger} aria-hidden />;
  const kind = previewKind(file);
  const Icon = kind === 'none' ? byType(file.mediaType) : ICONS[kind];
  return <Icon aria-hidden />;
}

function byType(mediaType: string): LucideIcon {
  if (mediaType.startsWith('image/')) return FileImage;
  if (/zip|compressed|tar/.test(mediaType)) return FileArchive;
  if (/spreadsheet|excel/.test(mediaType)) return FileSpreadsheet;
  return /^text\/|document|word/.test(mediaType) ? FileText : PlainFile;
}
