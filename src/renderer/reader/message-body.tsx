import { lazy, Suspense, useState } from 'react';
import type { BodyView, MessageView } from '../../shared/contract/views';
import { DRAFT } from '../../shared/domain';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { useWork } from '../feedback/use-work';
import { readerStrings } from '../strings/reader';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { AttachmentCards, InvitationBanner, isInvitation } from './attachments';
import { BannerStack } from './banner-stack';
import { BodyState } from './body-state';
import { dangerBanner } from './danger-banner';
import { DraftBanner } from './draft-banner';
import { HtmlView, type ShownFacts } from './html-view';
import styles from './message-body.module.css';
import { nameOf } from './people';
import { ReceiptBanner, useReceiptQuestion } from './receipt-banner';
import { SenderBanner, warnsOfSender } from './sender-banner';
import { senderNotes } from './sender-notes';
import { TextView } from './text-view';
import { canLeave, UnsubscribeBanner } from './unsubscribe';
import { useWholeBody, type WholeBody } from './use-whole-body';

// Most messages are on this computer: loaded on use (APP-348).
const MissingBody = lazy(async () => ({ default: (await import('./missing-body')).MissingBody }));

/** What the user chose for one open message. */
export interface ViewChoice {
  readonly as: 'html' | 'text';
  readonly fixedWidth: boolean;
  readonly zoomPercent: number;
  readonly dark: 'auto' | 'card' | 'recolour';
  readonly remote: 'blocked' | 'once' | 'sender';
}

interface MessageBodyProps {
  readonly message: MessageView;
  /** True for the one the conversation's commands mean. */
  readonly current: boolean;
  /** Null while it is not here or not read yet. */
  readonly body: BodyView | null;
  /** The character set somebody chose for it. */
  readonly charset: string | null;
  readonly choice: ViewChoice;
  readonly facts: ShownFacts | null;
  onShown(facts: ShownFacts): void;
  onShowPictures(forSender: boolean): void;
  onSource(): void;
  onLeave(): void;
}

/** Banners, the message itself and its files; or why there is nothing to read, and the one next step. */
export function MessageBody(props: MessageBodyProps) {
  const { message, body } = props;
  if (message.body === 'unreadable' && body === null)
    return (
      <BodyState text={readerStrings.unreadable}>
        <Button onPress={props.onSource}>{commandTitles['message.source']}</Button>
      </BodyState>
    );
  if (message.body === 'gone') return <BodyState text={readerStrings.gone} />;
  if (message.body === 'not-downloaded' || message.body === 'queued')
    return (
      <Suspense fallback={<div className={styles.waiting} />}>
        <MissingBody message={message} />
      </Suspense>
    );
  if (body === null) return <Reading />;
  return <Loaded {...props} body={body} />;
}

/** It is on this computer and being read. */
function Reading() {
  useWork(true, { place: 'reader', doing: readerStrings.loading, local: true });
  return <div className={styles.waiting} />;
}

function Loaded(props: MessageBodyProps & { readonly body: BodyView }) {
  const { message, body, choice, facts } = props;
  const [failed, setFailed] = useState(false);
  const asHtml = choice.as === 'html' && body.html !== null && !failed;
  const files = body.attachments.filter(({ inline }) => !inline);
  const sender = nameOf(message.from[0] ?? { name: '', address: '' });
  const wordless = body.segments.every(({ text }) => text.trim() === '');
  const encrypted = body.protection === 'encrypted';
  const whole = useWholeBody({
    messageId: message.id,
    as: asHtml ? 'html' : 'text',
    charset: props.charset,
  });
  const rest = restOf(body, asHtml ? facts : null, whole);
  const text = (
    <TextView
      segments={asHtml || whole.content === null ? body.segments : [{ kind: 'text', text: whole.content }]}
      fixedWidth={choice.fixedWidth}
      zoomPercent={choice.zoomPercent}
    />
  );
  if (encrypted || (wordless && (body.html === null || !DRAWS.test(body.html))))
    return (
      <div className={styles.body}>
        <Banners {...props} rest={rest} whole={whole} asHtml={false} onRetry={null} />
        {/* What stands around the encrypted part is for everybody to read. */}
        {!wordless && text}
        {!encrypted && files.length > 0 ? (
          text
        ) : (
          <BodyState text={encrypted ? readerStrings.encrypted : readerStrings.empty}>
            <Button size="small" onPress={props.onSource}>
              {commandTitles['message.source']}
            </Button>
          </BodyState>
        )}
        <AttachmentCards messageId={message.id} attachments={files} />
      </div>
    );
  return (
    <div className={styles.body}>
      <Banners
        {...props}
        rest={rest}
        whole={whole}
        asHtml={asHtml}
        onRetry={failed ? () => setFailed(false) : null}
      />
      {asHtml && body.html !== null ? (
        <HtmlView
          messageId={message.id}
          title={readerStrings.frameTitle(sender, message.subject)}
          html={whole.content ?? body.html}
          whole={whole.content !== null}
          remote={choice.remote}
          dark={choice.dark}
          zoomPercent={choice.zoomPercent}
          onShown={props.onShown}
          onFailed={() => setFailed(true)}
          onLeave={props.onLeave}
        />
      ) : (
        text
      )}
      {rest !== 'none' && (
        <p className={styles.end}>
          {rest === 'here' ? readerStrings.endsHere : readerStrings.restInSource}
          {rest === 'here' && <ShowAll whole={whole} />}
        </p>
      )}
      {/* Below a message whose height is known, so that it does not move (UI-055). */}
      {(!asHtml || facts !== null) && <AttachmentCards messageId={message.id} attachments={files} />}
    </div>
  );
}

/** What may be seen of HTML without words. */
const DRAWS = /<(img|hr|input|svg)\b|background|bgcolor|cid:/i;

interface BannersProps extends MessageBodyProps {
  readonly body: BodyView;
  readonly rest: Rest;
  readonly whole: WholeBody;
  readonly asHtml: boolean;
  /** Set where the formatted view did not open. */
  readonly onRetry: (() => void) | null;
}

/** Where the rest of a shortened body is. */
type Rest = 'none' | 'here' | 'source';

/** @param facts of the frame that shows it; null = it is shown as text */
function restOf(body: BodyView, facts: ShownFacts | null, { content, isCut }: WholeBody): Rest {
  if (content === null && (body.moreHere || facts?.truncated)) return 'here';
  return isCut || (body.truncated && !body.moreHere) ? 'source' : 'none';
}

function ShowAll({ whole }: { readonly whole: WholeBody }) {
  return (
    <Button size="small" variant="quiet" isDisabled={whole.isLoading} onPress={whole.load}>
      {whole.isLoading ? readerStrings.loadingAll : readerStrings.showAll}
    </Button>
  );
}

/** In UI-033's order: a suspicious sender is not offered an answer. */
function Banners(props: BannersProps) {
  const { message, current, body, rest, whole, choice, facts, asHtml, onRetry, onShowPictures, onSource } =
    props;
  const blocked = asHtml && choice.remote === 'blocked' ? (facts?.blockedImages ?? 0) : 0;
  const sender = { authentication: body.authentication, notes: senderNotes(message) };
  const warned = warnsOfSender(sender);
  const files = body.attachments.filter(({ inline }) => !inline);
  const danger = dangerBanner(files);
  const invitation = warned ? undefined : files.find(isInvitation);
  const receiptAsked = useReceiptQuestion(message);
  return (
    <BannerStack
      banners={[
        warned ? ['sender', <SenderBanner key="sender" {...sender} />] : null,
        danger ? ['files', danger] : null,
        message.keywords.includes(DRAFT)
          ? ['draft', <DraftBanner key="draft" messageId={message.id} />]
          : null,
        onRetry ? ['failed', <FrameFailed key="failed" onRetry={onRetry} />] : null,
        receiptAsked ? ['receipt', <ReceiptBanner key="receipt" message={message} />] : null,
        !warned && canLeave(body.unsubscribe)
          ? [
              'list',
              <UnsubscribeBanner
                key="list"
                messageId={message.id}
                accountId={message.accountId}
                offer={body.unsubscribe}
                current={current}
              />,
            ]
          : null,
        blocked > 0
          ? ['pictures', <PicturesBanner key="pictures" blocked={blocked} onShowPictures={onShowPictures} />]
          : null,
        invitation
          ? ['invitation', <InvitationBanner key="invitation" messageId={message.id} file={invitation} />]
          : null,
        rest === 'none'
          ? null
          : ['truncated', <TruncatedBanner key="truncated" rest={rest} whole={whole} onSource={onSource} />],
      ]}
    />
  );
}

function TruncatedBanner({ rest, whole, onSource }: Pick<BannersProps, 'rest' | 'whole' | 'onSource'>) {
  return (
    <Banner
      tone="info"
      actions={
        <>
          {rest === 'here' && <ShowAll whole={whole} />}
          <Button size="small" variant="quiet" onPress={onSource}>
            {readerStrings.showSource}
          </Button>
        </>
      }
    >
      {readerStrings.truncated}
    </Banner>
  );
}

function FrameFailed({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <Banner
      tone="warning"
      actions={
        <Button size="small" variant="quiet" onPress={onRetry}>
          {readerStrings.tryAgain}
        </Button>
      }
    >
      {readerStrings.frameFailed}
    </Banner>
  );
}

interface PicturesBannerProps extends Pick<MessageBodyProps, 'onShowPictures'> {
  readonly blocked: number;
}

function PicturesBanner({ blocked, onShowPictures }: PicturesBannerProps) {
  return (
    <Banner
      tone="info"
      actions={
        <>
          <Button size="small" variant="quiet" onPress={() => onShowPictures(false)}>
            {readerStrings.showOnce}
          </Button>
          <Button size="small" variant="quiet" onPress={() => onShowPictures(true)}>
            {readerStrings.alwaysForSender}
          </Button>
        </>
      }
    >
      {readerStrings.picturesBlocked(blocked)}
    </Banner>
  );
}
