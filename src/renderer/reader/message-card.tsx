import { lazy, Suspense, useId, useRef, useState } from 'react';
import type { MessageView } from '../../shared/contract/views';
import { DRAFT } from '../../shared/domain';
import { openMessageWindow } from '../actions/open-window';
import { useCommand } from '../commands/registry';
import { writeAbout } from '../compose/start-draft';
import { ABOUT, useAnswerCommands } from '../compose/use-compose-commands';
import { saveSettings, useSettings, useStoredSettings } from '../settings/use-settings';
import { isPopout, useUi } from '../state/ui-store';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';
import { useLiveQuery } from '../transport/use-live-query';
import { AttachmentStrip } from './attachments';
import { DraftBanner } from './draft-banner';
import type { ShownFacts } from './html-view';
import { MessageBody, type ViewChoice } from './message-body';
import styles from './message-card.module.css';
import { MessageHeader } from './message-header';
import { MessageMenu } from './message-menu';
import type { OwnAddresses } from './people';
import { PrintSheet } from './print-sheet';
import { saveParts } from './save-parts';
import { useMarkRead } from './use-mark-read';

// Looked at now and then: loaded on use (APP-348).
const SourceDialog = lazy(async () => ({ default: (await import('./source-dialog')).SourceDialog }));
const HistoryDialog = lazy(async () => ({ default: (await import('./history-dialog')).HistoryDialog }));

interface MessageCardProps {
  readonly message: MessageView;
  readonly own: OwnAddresses;
  readonly open: boolean;
  /** True for the one the conversation's commands mean. */
  readonly current: boolean;
  onToggle(): void;
}

/** The choices of the last so many senders are remembered, so that the settings stay small. */
const MAX_DARK_CHOICES = 1000;

/** One message of a conversation: a line when folded, header and body when open. */
export function MessageCard({ message, own, open, current, onToggle }: MessageCardProps) {
  const article = useRef<HTMLElement>(null);
  const headingId = useId();
  const settings = useSettings();
  const sender = message.from[0]?.address.toLowerCase() ?? '';
  const [charset, setCharset] = useState<string | null>(null);
  const [changes, setChanges] = useState<Partial<Pick<ViewChoice, 'as' | 'remote'>>>({});
  const [facts, setFacts] = useState<ShownFacts | null>(null);
  const [source, setSource] = useState(false);
  const [history, setHistory] = useState(false);
  const [printing, setPrinting] = useState(false);
  const readable = message.body === 'here' || message.body === 'unreadable';
  const body =
    useLiveQuery('messages.body', { messageId: message.id, charset }, [`body:${message.id}`], {
      enabled: open && readable,
      keepPrevious: true,
    }).data ?? null;
  // Not on defaults: they could mark as read what the user wants to stay unread.
  const markAfterMs = useStoredSettings()?.markReadAfterMs ?? null;
  const [cameBack] = useState(() => open && useUi.getState().cameBackTo !== null);
  useMarkRead(article, message, open, cameBack ? null : markAfterMs);

  const choice: ViewChoice = {
    as: settings.bodyPreference,
    fixedWidth: settings.fixedWidth,
    zoomPercent: settings.textZoomPercent,
    dark: darkChoice(settings.darkMessageOverrides, sender),
    remote: body?.remoteAllowed ? 'sender' : 'blocked',
    ...changes,
  };
  const choose = (change: typeof changes) => setChanges((before) => ({ ...before, ...change }));
  const showPictures = (forSender: boolean) => {
    choose({ remote: forSender ? 'sender' : 'once' });
    if (forSender) void call('remoteContent.allow', { sender });
  };
  const toggleDark = () => {
    const dark = facts?.rendering === 'card' ? 'recolour' : 'card';
    const { [sender]: _, ...others } = settings.darkMessageOverrides;
    const kept = Object.entries(others).slice(1 - MAX_DARK_CHOICES);
    void saveSettings({ darkMessageOverrides: Object.fromEntries([...kept, [sender, dark]]) });
  };
  const print = () => {
    if (useHost.getState().info?.hostKind === 'electron')
      void call('window.print', { messageId: message.id });
    else setPrinting(body !== null);
  };
  const acts = () => current && open;
  useAnswerCommands(message.id, () => current);
  useCommand(
    'message.showPictures',
    () => showPictures(false),
    () => acts() && choice.remote === 'blocked',
  );
  useCommand('message.toggleDark', toggleDark, () => acts() && facts !== null && facts.rendering !== 'light');
  useCommand('message.source', () => setSource(true), acts);
  useCommand('message.history', () => setHistory(true), acts);
  useCommand('message.print', print, acts);
  useCommand(
    'message.saveAttachments',
    () =>
      void saveParts(
        message.id,
        (body?.attachments ?? []).filter(({ inline }) => !inline).map(({ index }) => index),
      ),
    () => acts() && (body?.attachments.some(({ inline }) => !inline) ?? false),
  );

  return (
    <article ref={article} className={styles.card} aria-labelledby={headingId} data-message={message.id}>
      <MessageHeader
        message={message}
        own={own}
        headingId={headingId}
        open={open}
        current={current}
        body={body}
        onToggle={onToggle}
        menu={
          <MessageMenu
            choice={choice}
            hasHtml={body?.html != null}
            charset={charset ?? body?.charset ?? null}
            onAnswer={(command) => void writeAbout(ABOUT[command], message.id)}
            onChoice={choose}
            onCharset={setCharset}
            onToggleDark={toggleDark}
            onOpenWindow={isPopout() ? undefined : () => void openMessageWindow(message.id)}
            onSource={() => setSource(true)}
            onHistory={() => setHistory(true)}
            onSave={() => void saveParts(message.id, ['source'])}
            onPrint={print}
          />
        }
      />
      {open && (
        <div className={styles.content}>
          {body && (
            <AttachmentStrip
              messageId={message.id}
              attachments={body.attachments.filter(({ inline }) => !inline)}
            />
          )}
          {body === null && message.keywords.includes(DRAFT) && <DraftBanner messageId={message.id} />}
          <MessageBody
            message={message}
            current={current}
            body={body}
            choice={choice}
            facts={facts}
            onShown={setFacts}
            onShowPictures={showPictures}
            onSource={() => setSource(true)}
            onLeave={() => article.current?.querySelector<HTMLElement>('[data-message-toggle]')?.focus()}
          />
        </div>
      )}
      {printing && body && (
        <PrintSheet
          message={message}
          body={body}
          as={choice.as}
          fixedWidth={choice.fixedWidth}
          onDone={() => setPrinting(false)}
        />
      )}
      <Suspense fallback={null}>
        {source && <SourceDialog messageId={message.id} onClose={() => setSource(false)} />}
        {history && <HistoryDialog message={message} onClose={() => setHistory(false)} />}
      </Suspense>
    </article>
  );
}

/** Own keys only: an address may be spelled like something every object has. */
function darkChoice(
  overrides: Readonly<Record<string, 'card' | 'recolour'>>,
  sender: string,
): ViewChoice['dark'] {
  return Object.hasOwn(overrides, sender) ? (overrides[sender] ?? 'auto') : 'auto';
}
