import { X } from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { DraftQuote } from '../../shared/contract/compose-views';
import type { BodyView } from '../../shared/contract/views';
import { HtmlView } from '../reader/html-view';
import { nameOf } from '../reader/people';
import { TextView } from '../reader/text-view';
import { useSettings } from '../settings/use-settings';
import { composeStrings } from '../strings/compose';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import type { DraftSession } from './draft-session';
import type { LetterEditor } from './editor/rich-editor';
import { useIdentities } from './identities';
import { quotedHtml, quotedText } from './quote-into-text';
import styles from './quoted-original.module.css';
import { useDraft } from './sessions';

/** A quote this long is not taken into the text: it would be typed through at every key (APP-344). In characters. */
const MAX_EDITABLE = 20_000;

interface QuotedOriginalProps {
  readonly session: DraftSession;
  readonly quote: DraftQuote;
  readonly editor: RefObject<LetterEditor | null>;
}

/**
 * The message a letter answers or sends on (APP-122): whole, as it was, below the text and not part of it. Folded; shown
 * in the isolated frame; can be left out, or taken into the text to write between its lines.
 */
export function QuotedOriginal({ session, quote, editor }: QuotedOriginalProps) {
  const [open, setOpen] = useState(false);
  const { messageId } = quote;
  const message = useLiveQuery('messages.get', { messageId }, [`body:${messageId}`, 'lists']).data ?? null;
  const body =
    useLiveQuery('messages.body', { messageId, charset: null }, [`body:${messageId}`]).data ?? null;
  const { identityId } = useDraft(session).content;
  const identity = useIdentities().find(({ id }) => id === identityId);
  const movesSignature =
    !quote.answerBelow &&
    identity?.signaturePlace === 'below-quote' &&
    identity.signatureInReplies &&
    identity.signatureHtml !== '';
  const leaveOut = () => session.change({ quote: { ...quote, included: false } });
  if (!quote.included)
    return (
      <p className={styles.out}>
        {composeStrings.quoteOut}
        <Button
          size="small"
          variant="quiet"
          onPress={() => session.change({ quote: { ...quote, included: true } })}
        >
          {composeStrings.quoteIn}
        </Button>
      </p>
    );
  const sender = message?.from[0] ? nameOf(message.from[0]) : '';
  const heading = message
    ? composeStrings.quoteHeading[quote.kind](composeStrings.quoteDate(message.date), sender)
    : composeStrings.quote;
  const text = quote.selection ?? textOf(body);
  const takeIn = () => {
    const { format } = session.snapshot().content;
    const now = session.body();
    const pieces = [now, format === 'html' ? quotedHtml(heading, text) : quotedText(heading, text)];
    const joined = (quote.answerBelow ? pieces.reverse() : pieces).join(format === 'html' ? '' : '\n\n');
    session.change({ body: joined, quote: { ...quote, included: false } });
    requestAnimationFrame(() => editor.current?.focus());
  };
  return (
    <section className={styles.quote} aria-label={composeStrings.quote}>
      <div className={styles.line}>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={open}
          aria-label={open ? composeStrings.hideQuote : composeStrings.showQuote}
          onClick={() => setOpen(!open)}
        >
          •••
        </button>
        <bdi className={styles.heading}>{heading}</bdi>
        {quote.kind === 'reply' && body !== null && text.length <= MAX_EDITABLE && (
          <Button size="small" variant="quiet" onPress={takeIn}>
            {composeStrings.editQuote}
          </Button>
        )}
        <IconButton size="small" label={composeStrings.removeQuote} onPress={leaveOut}>
          <X />
        </IconButton>
      </div>
      {open && (
        <OriginalMessage
          messageId={quote.messageId}
          selection={quote.selection}
          body={body}
          title={heading}
          onLeave={() => editor.current?.focus()}
        />
      )}
      {movesSignature && <p className={styles.missing}>{composeStrings.signatureBelow}</p>}
    </section>
  );
}

interface OriginalMessageProps extends Pick<DraftQuote, 'messageId' | 'selection'> {
  /** Null = not on this computer yet. */
  readonly body: BodyView | null;
  readonly title: string;
  /** The focus leaves the message by Escape. */
  onLeave(): void;
}

/** A message inside a letter, or what is selected of it: shown as it came, nothing of it is loaded from elsewhere. */
export function OriginalMessage({ messageId, selection, body, title, onLeave }: OriginalMessageProps) {
  const settings = useSettings();
  const [failed, setFailed] = useState(false);
  if (selection !== null)
    return (
      <div className={styles.original}>
        <TextView segments={[{ kind: 'text', text: selection }]} fixedWidth={false} zoomPercent={100} />
      </div>
    );
  if (body === null) return <p className={styles.missing}>{composeStrings.quoteMissing}</p>;
  return (
    <div className={styles.original} data-reader-scroll>
      {body.html !== null && !failed ? (
        <HtmlView
          messageId={messageId}
          title={title}
          html={body.html}
          remote="blocked"
          dark="card"
          zoomPercent={settings.textZoomPercent}
          onShown={() => undefined}
          onFailed={() => setFailed(true)}
          onLeave={onLeave}
        />
      ) : (
        <TextView segments={body.segments} fixedWidth={settings.fixedWidth} zoomPercent={100} />
      )}
    </div>
  );
}

function textOf(body: BodyView | null): string {
  return (body?.segments ?? [])
    .map(({ text }) => text)
    .join('\n')
    .trim();
}
