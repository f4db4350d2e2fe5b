import { X } from 'lucide-react';
import type { DraftAttachmentView } from '../../shared/contract/compose-views';
import { showFailure } from '../feedback/undo';
import { formatSize } from '../list/format-size';
import { FileIcon } from '../reader/file-icon';
import { composeStrings } from '../strings/compose';
import { call } from '../transport/call';
import { IconButton } from '../ui/icon-button';
import { ProgressBar } from '../ui/progress-bar';
import { useUploads } from './attach-files';
import styles from './attachments-bar.module.css';
import type { DraftSession } from './draft-session';
import { useDraft } from './sessions';

/** The files of a letter; how much of each has arrived, and how large they are together. */
export function AttachmentsBar({ session }: { readonly session: DraftSession }) {
  const { attachments } = useDraft(session);
  const beside = attachments.filter(({ contentId }) => contentId === null);
  const uploads = useUploads((state) => state.sent);
  if (beside.length === 0) return null;
  const total = attachments.reduce((sum, { size }) => sum + size, 0);
  return (
    <section className={styles.files} aria-label={composeStrings.attachments}>
      <ul className={styles.list}>
        {beside.map((file) => (
          <li key={file.id} className={styles.file} data-state={file.state}>
            <FileIcon file={{ ...file, danger: null }} />
            <span className={styles.words}>
              <bdi className={styles.name}>{file.filename}</bdi>
              <span className={styles.size}>{stateOf(file)}</span>
            </span>
            <IconButton
              size="small"
              label={composeStrings.detach(file.filename)}
              onPress={() => void detach(file)}
            >
              <X />
            </IconButton>
            {file.state === 'loading' && (
              <div className={styles.progress}>
                <ProgressBar
                  label={composeStrings.attaching(file.filename)}
                  share={file.size === 0 ? 1 : (uploads.get(file.id) ?? 0) / file.size}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
      {attachments.length > 1 && (
        <p className={styles.total}>{composeStrings.totalSize(formatSize(total))}</p>
      )}
    </section>
  );
}

function stateOf({ size, state }: DraftAttachmentView): string {
  const words = formatSize(size);
  return state === 'missing' ? composeStrings.loadsBeforeSending(words) : words;
}

async function detach(file: DraftAttachmentView): Promise<void> {
  const outcome = await call('drafts.detach', { attachmentId: file.id });
  if (!outcome.ok) showFailure(composeStrings.notDetached(file.filename), outcome.failure);
}
