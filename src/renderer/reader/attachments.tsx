import { CloudDownload, CloudOff, Download } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { AttachmentView } from '../../shared/contract/views';
import type { MessageId } from '../../shared/domain';
import { previewKind } from '../../shared/preview-kind';
import { follow } from '../feedback/running-work';
import { showFailure } from '../feedback/undo';
import { formatSize } from '../list/format-size';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';
import { request } from '../transport/request';
import { useHost } from '../transport/use-host';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { VisuallyHidden } from '../ui/visually-hidden';
import styles from './attachments.module.css';
import { FileIcon } from './file-icon';
import { dragPart, openPart, saveParts } from './save-parts';

interface AttachmentsProps {
  readonly messageId: MessageId;
  readonly attachments: readonly AttachmentView[];
}

/** Loaded when somebody looks at a file for the first time (APP-348). */
const FilePreview = lazy(() =>
  import('../preview/file-preview').then((module) => ({ default: module.FilePreview })),
);

/** A strip of this many at most; every one has a card below the body (APP-101: 500 attachments). */
const STRIP_MAX = 8;
const CARDS_MAX = 60;

/** The names of the files below the header (UI-035). */
export function AttachmentStrip({ attachments }: AttachmentsProps) {
  if (attachments.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label={readerStrings.attachments(attachments.length)}>
      {attachments.slice(0, STRIP_MAX).map((file) => (
        <li key={file.index} className={styles.chip}>
          <FileIcon file={file} />
          <bdi className={styles.name} title={file.filename}>
            {file.filename || readerStrings.unnamed}
          </bdi>
          <span className={styles.size}>{formatSize(file.size)}</span>
          <StateMark file={file} />
        </li>
      ))}
      {attachments.length > STRIP_MAX && (
        <li className={styles.chip}>{`+${attachments.length - STRIP_MAX}`}</li>
      )}
    </ul>
  );
}

/** True for the file of an invitation, which is more than a file. */
export function isInvitation(file: AttachmentView): boolean {
  return file.danger === null && previewKind(file) === 'calendar';
}

/** What a calendar file asks for can be looked at from the top of the message (UI-033). */
export function InvitationBanner({
  messageId,
  file,
}: {
  readonly messageId: MessageId;
  readonly file: AttachmentView;
}) {
  const [open, setOpen] = useState(false);
  const there = file.state === 'here';
  return (
    <>
      <Banner
        tone="info"
        actions={
          <Button size="small" variant="quiet" isDisabled={!there} onPress={() => setOpen(true)}>
            {readerStrings.showInvitation}
          </Button>
        }
      >
        {readerStrings.invitation}
      </Banner>
      {open && (
        <Suspense fallback={null}>
          <FilePreview messageId={messageId} file={file} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The files with preview, opening and save, below the body (UI-035, APP-089). */
export function AttachmentCards({ messageId, attachments }: AttachmentsProps) {
  const [all, setAll] = useState(false);
  const [previewed, setPreviewed] = useState<AttachmentView | null>(null);
  if (attachments.length === 0) return null;
  const shown = all ? attachments : attachments.slice(0, CARDS_MAX);
  return (
    <section className={styles.section} aria-label={readerStrings.attachments(attachments.length)}>
      <div className={styles.head}>
        <p>{readerStrings.attachments(attachments.length)}</p>
        {attachments.length > 1 && (
          <Button
            variant="quiet"
            size="small"
            icon={<Download />}
            onPress={() =>
              void saveParts(
                messageId,
                attachments.map(({ index }) => index),
              )
            }
          >
            {readerStrings.saveAll}
          </Button>
        )}
      </div>
      <ul className={styles.cards}>
        {shown.map((file) => (
          <Card key={file.index} messageId={messageId} file={file} onPreview={() => setPreviewed(file)} />
        ))}
      </ul>
      {shown.length < attachments.length && (
        <Button variant="quiet" onPress={() => setAll(true)}>
          {readerStrings.moreFiles(attachments.length - shown.length)}
        </Button>
      )}
      {previewed && (
        <Suspense fallback={null}>
          <FilePreview messageId={messageId} file={previewed} onClose={() => setPreviewed(null)} />
        </Suspense>
      )}
    </section>
  );
}

interface CardProps {
  readonly messageId: MessageId;
  readonly file: AttachmentView;
  onPreview(): void;
}

function Card({ messageId, file, onPreview }: CardProps) {
  const name = file.filename || readerStrings.unnamed;
  const kind = file.danger === null ? previewKind(file) : 'none';
  const dragsOut = useHost(({ info }) => info?.hostKind === 'electron');
  const [queued, setQueued] = useState(false);
  const load = async () => {
    const pending = request('attachments.request', { messageId, index: file.index });
    const doing = readerStrings.loadingFile(name, formatSize(file.size));
    const outcome = await follow({ place: 'reader', doing, cancel: pending.cancel }, () => pending.answer);
    if (outcome.ok) setQueued(outcome.value.state === 'queued');
    else if (outcome.failure.kind !== 'cancelled')
      showFailure(readerStrings.notLoadedFile(name), outcome.failure);
  };
  return (
    <li
      className={styles.card}
      draggable={dragsOut && file.state === 'here'}
      onDragStart={(event) => dragPart(event, messageId, file.index)}
    >
      <button
        type="button"
        className={styles.face}
        aria-label={kind === 'none' ? readerStrings.openFile(name) : readerStrings.previewFile(name)}
        disabled={file.danger !== null || file.state !== 'here'}
        onClick={kind === 'none' ? () => void openPart(messageId, file.index) : onPreview}
      >
        {kind === 'image' && file.state === 'here' ? (
          <Thumbnail messageId={messageId} file={file} />
        ) : (
          <FileIcon file={file} />
        )}
      </button>
      <div className={styles.caption}>
        <bdi className={styles.name} title={name}>
          {name}
        </bdi>
        {queued ? (
          <span className={styles.size}>{readerStrings.waiting}</span>
        ) : (
          <span className={styles.size}>
            {formatSize(file.size)}
            <StateMark file={file} />
          </span>
        )}
        {file.state === 'here' && (
          <IconButton
            size="small"
            label={readerStrings.saveFile(name)}
            onPress={() => void saveParts(messageId, [file.index])}
          >
            <Download />
          </IconButton>
        )}
        {file.state === 'not-downloaded' && !queued && (
          <Button size="small" variant="quiet" onPress={() => void load()}>
            {readerStrings.download}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Nothing beside a file that is here: that is what people expect (UI-035). */
function StateMark({ file }: { readonly file: AttachmentView }) {
  if (file.state === 'here') return null;
  const Icon = file.state === 'gone' ? CloudOff : CloudDownload;
  const text = file.state === 'gone' ? readerStrings.fileGone : readerStrings.notDownloaded;
  return (
    <span title={text}>
      <Icon aria-hidden />
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  );
}

interface ThumbnailProps {
  readonly messageId: MessageId;
  readonly file: AttachmentView;
}

/** The picture itself, small; what turns out to be none has the icon of its kind. */
function Thumbnail({ messageId, file }: ThumbnailProps) {
  const { index } = file;
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const part = { kind: 'attachment', index } as const;
    void call('content.url', { messageId, part, disposition: 'inline' }).then((place) => {
      if (place.ok) setUrl(place.value.url);
    });
  }, [messageId, index]);
  if (failed) return <FileIcon file={file} />;
  return url === null ? null : (
    <img src={url} alt="" loading="lazy" draggable={false} onError={() => setFailed(true)} />
  );
}
