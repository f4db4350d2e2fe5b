import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import type { InnerMessageView } from '../../shared/contract/preview-views';
import type { AttachmentView } from '../../shared/contract/views';
import type { MessageId, Person } from '../../shared/domain';
import { previewKind } from '../../shared/preview-kind';
import { spelledOut } from '../../shared/shown-name';
import { formatSize } from '../list/format-size';
import { createRowTimes } from '../list/row-time';
import { dangerBanner } from '../reader/danger-banner';
import { FileIcon } from '../reader/file-icon';
import { HtmlView, type ShownFacts } from '../reader/html-view';
import { nameOf } from '../reader/people';
import { saveParts } from '../reader/save-parts';
import { TextView } from '../reader/text-view';
import { listed } from '../strings/plural';
import { previewStrings } from '../strings/preview';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import styles from './message-preview.module.css';

interface MessagePreviewProps {
  readonly messageId: MessageId;
  /** The way to this message, its own position last. */
  readonly inside: readonly number[];
  readonly message: InnerMessageView;
  onLookInto(file: AttachmentView): void;
}

const times = createRowTimes(undefined);

/** A message attached to a message, read like one: header, files, and the body in its isolated frame. */
export function MessagePreview({ messageId, inside, message, onLookInto }: MessagePreviewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [facts, setFacts] = useState<ShownFacts | null>(null);
  const [failed, setFailed] = useState(false);
  const [remote, setRemote] = useState<'blocked' | 'once'>('blocked');
  const subject = message.subject || previewStrings.noSubject;
  const files = message.attachments.filter(({ inline }) => !inline);
  const asHtml = message.html !== null && !failed;
  const blocked = asHtml && remote === 'blocked' ? (facts?.blockedImages ?? 0) : 0;
  return (
    <article
      ref={box}
      className={styles.message}
      aria-label={previewStrings.message(subject)}
      tabIndex={-1}
      data-reader-scroll
    >
      <h3 className={styles.subject} data-selectable>
        <bdi>{subject}</bdi>
      </h3>
      <dl className={styles.fields} data-selectable>
        <People name={previewStrings.from} people={message.from} />
        <People name={previewStrings.toField} people={message.to} />
        <People name={previewStrings.cc} people={message.cc} />
        {message.date !== null && (
          <div>
            <dt>{previewStrings.date}</dt>
            <dd>{times.full(message.date)}</dd>
          </div>
        )}
      </dl>
      {dangerBanner(files)}
      {failed && <Banner tone="warning">{previewStrings.textInstead}</Banner>}
      {blocked > 0 && (
        <Banner
          tone="info"
          actions={
            <Button size="small" variant="quiet" onPress={() => setRemote('once')}>
              {previewStrings.showOnce}
            </Button>
          }
        >
          {previewStrings.picturesBlocked(blocked)}
        </Banner>
      )}
      <div className={styles.body}>
        {asHtml && message.html !== null ? (
          <HtmlView
            messageId={messageId}
            inside={inside}
            title={previewStrings.message(subject)}
            html={message.html}
            remote={remote}
            dark="auto"
            zoomPercent={100}
            onShown={setFacts}
            onFailed={() => setFailed(true)}
            onLeave={() => box.current?.focus()}
          />
        ) : (
          <TextView segments={message.segments} fixedWidth={false} zoomPercent={100} />
        )}
      </div>
      {(message.truncated || facts?.truncated) && <Banner tone="info">{previewStrings.cut}</Banner>}
      {files.length > 0 && (
        <section className={styles.files} aria-label={previewStrings.files(files.length)}>
          <p className={styles.count}>{previewStrings.files(files.length)}</p>
          <ul>
            {files.map((file) => (
              <InnerFile
                key={file.index}
                file={file}
                onSave={() => void saveParts(messageId, [file.index], inside)}
                onLook={() => onLookInto(file)}
              />
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

function People({ name, people }: { readonly name: string; readonly people: readonly Person[] }) {
  if (people.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>
          {listed(
            people.map((person) => {
              const [name, address] = [nameOf(person), spelledOut(person.address)];
              return name === address ? address : `${name} <${address}>`;
            }),
          )}
        </bdi>
      </dd>
    </div>
  );
}

interface InnerFileProps {
  readonly file: AttachmentView;
  onSave(): void;
  onLook(): void;
}

function InnerFile({ file, onSave, onLook }: InnerFileProps) {
  const name = file.filename || previewStrings.unnamed;
  const canLook = file.danger === null && previewKind(file) !== 'none';
  return (
    <li className={styles.file}>
      <FileIcon file={file} />
      {canLook ? (
        <button
          type="button"
          className={styles.look}
          aria-label={previewStrings.previewFile(name)}
          onClick={onLook}
        >
          <bdi>{name}</bdi>
        </button>
      ) : (
        <bdi className={styles.name}>{name}</bdi>
      )}
      <span className={styles.size}>{formatSize(file.size)}</span>
      <IconButton size="small" label={previewStrings.saveFile(name)} onPress={onSave}>
        <Download />
      </IconButton>
    </li>
  );
}
