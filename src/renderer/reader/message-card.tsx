import { lazy, Suspense, useId, useRef, useState } from 'react';
import type { MessageView } from '../../shared/contract/views';
import { DRAFT } from '../../shared/domain';
import { openMessageWindow } from '../actions/open-window';
import { runCommand, useCommandsOn } from '../commands/registry';
import type { CommandTarget } from '../commands/target';
import { useAnswerCommands } from '../compose/use-compose-commands';
import { saveSettings, useSettings, useStoredSettings } from '../settings/use-settings';
import { isPopout, useUi } from '../state/ui-store';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';
import { useLiveQuery } from '../transport/use-live-query';
import { AttachmentStrip } from './attachments';
import { chooseCharset } from './charsets';
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
/** Size of the text, in percent: a step of the commands, and the bounds of the setting. */
const ZOOM_STEP = 25;
const MIN_ZOOM = 50;
const MAX_ZOOM = 300;

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
  const zoom = (percent: number) =>
    void saveSettings({ textZoomPercent: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, percent)) });
  const files = (body?.attachments ?? []).filter(({ inline }) => !inline);
  // Asked for at this message; else the open one that the conversation's commands mean.
  const means = (target: CommandTarget | undefined) =>
    target === undefined ? current : target.kind === 'message' && target.messageId === message.id;
  useAnswerCommands(message.id, means);
  // Without a target the list says which row is meant.
  useCommandsOn((target) => (target && means(target) ? message : null), {
    'list.openWindow': { can: () => !isPopout(), run: ({ id }) => void openMessageWindow(id) },
  });
  useCommandsOn((target) => (open && means(target) ? message : null), {
    'message.showPictures': { can: () => choice.remote === 'blocked', run: () => showPictures(false) },
    'message.asText': {
      can: () => body?.html != null,
      variant: () => (choice.as === 'text' ? 'text' : null),
      run: () => choose({ as: choice.as === 'text' ? 'html' : 'text' }),
    },
    'message.fixedWidth': {
      variant: () => (choice.fixedWidth ? 'fixed' : null),
      run: () => {
        choose({ as: 'text' });
        void saveSettings({ fixedWidth: !choice.fixedWidth });
      },
    },
    'message.toggleDark': { can: () => facts !== null && facts.rendering !== 'light', run: toggleDark },
    'message.larger': { run: () => zoom(choice.zoomPercent + ZOOM_STEP) },
    'message.smaller': { run: () => zoom(choice.zoomPercent - ZOOM_STEP) },
    'message.normalSize': { run: () => zoom(100) },
    'message.charset': { run: () => chooseCharset(charset, body?.charset ?? null, setCharset) },
    'message.source': { run: () => setSource(true) },
    'message.history': { run: () => setHistory(true) },
    'message.save': { run: ({ id }) => void saveParts(id, ['source']) },
    'message.print': { run: print },
    'message.saveAttachments': {
      can: () => files.length > 0,
      run: ({ id }) =>
        void saveParts(
          id,
          files.map(({ index }) => index),
        ),
    },
  });

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
        menu={<MessageMenu messageId={message.id} />}
      />
      {open && (
        <div className={styles.content}>
          {body && <AttachmentStrip messageId={message.id} attachments={files} />}
          {body === null && message.keywords.includes(DRAFT) && <DraftBanner messageId={message.id} />}
          <MessageBody
            message={message}
            current={current}
            body={body}
            charset={charset}
            choice={choice}
            facts={facts}
            onShown={setFacts}
            onShowPictures={showPictures}
            onSource={() => runCommand('message.source', { kind: 'message', messageId: message.id })}
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
