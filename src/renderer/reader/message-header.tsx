import { ChevronDown, Paperclip } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BodyView, MessageView } from '../../shared/contract/views';
import { DRAFT, SEEN } from '../../shared/domain';
import { hueOf } from '../list/hue-of';
import { createRowTimes } from '../list/row-time';
import { useToday } from '../list/use-today';
import { listed } from '../strings/plural';
import { readerStrings } from '../strings/reader';
import { useHost } from '../transport/use-host';
import { Avatar } from '../ui/avatar';
import { Chip } from '../ui/chip';
import { VisuallyHidden } from '../ui/visually-hidden';
import { MessageDetails } from './message-details';
import styles from './message-header.module.css';
import { nameOf, type OwnAddresses, recipientLine } from './people';
import { dragPart } from './save-parts';
import { SecurityChip } from './security-chip';
import { SenderAddress } from './sender-address';
import { noteText } from './sender-banner';
import { cannotBeVouchedFor, looksLikeAnother, senderNotes } from './sender-notes';

const times = createRowTimes(undefined);

interface MessageHeaderProps {
  readonly message: MessageView;
  readonly own: OwnAddresses;
  readonly headingId: string;
  readonly open: boolean;
  /** Where the focus goes when the pane gets it. */
  readonly current: boolean;
  /** Null until the body is here. */
  readonly body: BodyView | null;
  /** The menu at the end of an open message. */
  readonly menu: ReactNode;
  onToggle(): void;
}

/** Who, to whom, when (UI-031). The heading is the button that folds and unfolds the message. */
export function MessageHeader({
  message,
  own,
  headingId,
  open,
  current,
  body,
  menu,
  onToggle,
}: MessageHeaderProps) {
  const today = useToday();
  const [details, setDetails] = useState(false);
  const dragsOut = useHost(({ info }) => info?.hostKind === 'electron') && readable(message);
  const from = message.from[0] ?? { name: '', address: '' };
  const coAuthors = message.from.slice(1);
  const fromMe = own.has(from.address.toLowerCase());
  // Who only claims to be the user is not called "me" (APP-086), here no more than in the list.
  const name = message.mine ? readerStrings.me : nameOf(from);
  const notes = senderNotes(message);
  // What heads the message as a warning is not said twice.
  const lines = body === null ? notes : notes.filter((note) => !looksLikeAnother([note]));
  const unread = !message.keywords.includes(SEEN);
  const recipients = [...message.to, ...message.cc, ...message.bcc];
  return (
    <header className={styles.header} data-open={open || undefined}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a grip for the pointer; the menu saves the message by key */}
      <span
        draggable={dragsOut}
        title={dragsOut ? readerStrings.dragOut : undefined}
        onDragStart={(event) => dragPart(event, message.id, 'source')}
      >
        <Avatar name={name} hue={hueOf(from.address.toLowerCase())} size={open ? 36 : 24} />
      </span>
      <div className={styles.main}>
        <div className={styles.line}>
          <h3 id={headingId} className={styles.heading}>
            <button
              type="button"
              className={styles.toggle}
              aria-expanded={open}
              data-message-toggle
              data-region-focus={current || undefined}
              onClick={onToggle}
            >
              {unread && (
                <>
                  <span className={styles.dot} aria-hidden />
                  <VisuallyHidden>{`${readerStrings.unread} `}</VisuallyHidden>
                </>
              )}
              <bdi className={unread ? styles.unread : styles.name}>
                {listed([name, ...coAuthors.map(nameOf)])}
              </bdi>
            </button>
          </h3>
          {message.keywords.includes(DRAFT) && <span className={styles.draft}>{readerStrings.draft}</span>}
          {open && body && !message.mine && (
            <SecurityChip
              authentication={body.authentication}
              fromMe={fromMe}
              withheld={cannotBeVouchedFor(notes)}
            />
          )}
          {open && body?.protection === 'signed' && <Chip>{readerStrings.signed}</Chip>}
          {open && from.address !== '' && (
            <SenderAddress address={from.address} shown={name !== from.address} />
          )}
          {!open && <bdi className={styles.snippet}>{message.snippet}</bdi>}
        </div>
        {open && (
          <button
            type="button"
            className={styles.recipients}
            aria-expanded={details}
            title={readerStrings.showDetails}
            onClick={() => setDetails(!details)}
          >
            <bdi className={styles.snippet}>{recipientLine(recipients, own)}</bdi>
            <ChevronDown aria-hidden />
          </button>
        )}
        {open && details && <MessageDetails message={message} />}
        {open &&
          lines.map((note) => (
            <p key={note.kind} className={styles.note}>
              {noteText(note)}
            </p>
          ))}
      </div>
      {/* Beside what is there already: nothing moves when the body has come (UI-055). */}
      {body !== null && files(body) > 0 && (
        <span className={styles.files} title={readerStrings.attachments(files(body))}>
          <Paperclip aria-hidden />
          <span aria-hidden>{files(body)}</span>
          <VisuallyHidden>{readerStrings.attachments(files(body))}</VisuallyHidden>
        </span>
      )}
      <div className={styles.end}>
        <time dateTime={new Date(message.date).toISOString()} title={times.full(message.date)}>
          {times.short(message.date, today)}
        </time>
        {open && menu}
      </div>
    </header>
  );
}

function readable({ body }: MessageView): boolean {
  return body === 'here' || body === 'unreadable';
}

function files(body: BodyView): number {
  return body.attachments.filter(({ inline }) => !inline).length;
}
