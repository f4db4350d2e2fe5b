import { ChevronDown, Maximize2, Minimize2, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DraftId, Person } from '../../shared/domain';
import { openWindow } from '../actions/open-window';
import { CommandButton } from '../commands/command-button';
import { useCommandsOn } from '../commands/registry';
import { focusRegion } from '../layout/regions';
import { isPopout } from '../state/ui-store';
import { composeStrings } from '../strings/compose';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { attachFiles, pickFiles } from './attach-files';
import { AttachmentsBar } from './attachments-bar';
import styles from './composer.module.css';
import { GoneDraft } from './composer-tab';
import { discardDraft } from './discard-draft';
import { DraftBody } from './draft-body';
import type { DraftSession } from './draft-session';
import type { LetterEditor } from './editor/rich-editor';
import { FromField } from './from-field';
import { HistoryDialog } from './history-dialog';
import { useIdentities } from './identities';
import { letterText } from './letter-text';
import { meantDraft } from './meant-draft';
import { closeDraft, dropDraft, resizeDraft } from './open-drafts';
import { textToHtml } from './quote-into-text';
import { RecipientsField } from './recipients-field';
import { RedirectedMessage } from './redirected-message';
import { SaveState } from './save-state';
import { SendBar } from './send-bar';
import { useDraft, useSession } from './sessions';
import { useSend } from './use-send';

interface ComposerProps {
  readonly draftId: DraftId;
  readonly how: 'docked' | 'full';
  readonly canResize: boolean;
}

/** One letter being written. */
export function Composer({ draftId, how, canResize }: ComposerProps) {
  const session = useSession(draftId);
  if (session === null) return null;
  if (session === 'gone') return <GoneDraft draftId={draftId} />;
  return <Letter session={session} how={how} canResize={canResize} />;
}

type Copies = 'cc' | 'bcc' | 'replyTo';

function Letter({
  session,
  how,
  canResize,
}: { readonly session: DraftSession } & Omit<ComposerProps, 'draftId'>) {
  const draft = useDraft(session);
  const { content } = draft;
  const form = useRef<HTMLFormElement>(null);
  const editor = useRef<LetterEditor | null>(null);
  const [asked, setAsked] = useState<ReadonlySet<Copies>>(new Set());
  const [over, setOver] = useState(false);
  const identities = useIdentities();
  const send = useSend(session);

  // Passed on as it came: only to whom is to be said.
  const { kind, relatedId } = session;
  const passesOn = kind === 'redirect' && relatedId !== null;
  const title = passesOn ? composeStrings.titles.redirect : content.subject || composeStrings.titles[kind];
  const close = () => {
    void closeDraft(session, () => session.flush());
    focusRegion('list');
  };
  const popOut = async () => {
    const saved = await session.flush();
    if (saved.ok && (await openWindow({ kind: 'draft', draftId: session.id }))) dropDraft(session.id);
  };
  const [history, setHistory] = useState(false);
  const switchFormat = () => {
    if (content.format === 'text') session.change({ format: 'html', body: textToHtml(session.body()) });
    else session.change({ format: 'text', body: letterText(session.body()) });
    requestAnimationFrame(() => editor.current?.focus());
  };
  useCommandsOn((target) => meantDraft(target, session, form.current), {
    'compose.send': { run: () => void send.start(null) },
    'compose.sendLater': { run: () => send.chooseTime() },
    'compose.discard': { run: () => void discardDraft(session) },
    'compose.attach': {
      can: () => !passesOn,
      run: () => pickFiles((files) => void attachFiles(session, files)),
    },
    'compose.format': {
      can: () => kind !== 'redirect',
      variant: () => (content.format === 'text' ? 'text' : null),
      run: switchFormat,
    },
    'compose.history': { can: () => kind !== 'redirect', run: () => setHistory(true) },
    'list.openWindow': { can: () => !isPopout(), run: () => void popOut() },
    'compose.replyTo': { can: () => kind !== 'redirect', run: () => ask('replyTo') },
  });

  // An answer begins in the text, everything else with whom it goes to.
  const startsInText = content.to.length > 0;
  const shows = (name: Copies) => asked.has(name) || content[name].length > 0;
  const people = (name: 'to' | Copies, label: string, extra?: React.ReactNode) => (
    <RecipientsField
      label={label}
      people={content[name]}
      autoFocus={(name === 'to' && !startsInText) || asked.has(name as Copies)}
      onChange={(list: Person[]) => session.change({ [name]: list })}
      end={extra}
    />
  );
  const ask = (name: Copies) => setAsked(new Set([...asked, name]));

  return (
    <form
      ref={form}
      className={styles.composer}
      aria-label={title}
      data-over={over || undefined}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (how === 'full' && canResize) resizeDraft(session.id, 'docked');
        else focusRegion('reader') || focusRegion('list');
      }}
      onDragOver={(event) => {
        if (passesOn || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDropCapture={() => setOver(false)}
      onDrop={(event) => {
        if (passesOn || event.defaultPrevented || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        void attachFiles(session, [...event.dataTransfer.files]);
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>
          <bdi>{title}</bdi>
        </h2>
        <SaveState draft={draft} />
        {!isPopout() && (
          <CommandButton id="list.openWindow" size="small" target={{ kind: 'draft', draftId: session.id }} />
        )}
        {canResize && (
          <>
            <IconButton
              size="small"
              label={composeStrings.minimise}
              onPress={() => resizeDraft(session.id, 'minimised')}
            >
              <ChevronDown />
            </IconButton>
            <IconButton
              size="small"
              label={how === 'full' ? composeStrings.dock : composeStrings.fullScreen}
              onPress={() => resizeDraft(session.id, how === 'full' ? 'docked' : 'full')}
            >
              {how === 'full' ? <Minimize2 /> : <Maximize2 />}
            </IconButton>
          </>
        )}
        <IconButton size="small" label={composeStrings.close} onPress={close}>
          <X />
        </IconButton>
      </header>
      {draft.editedElsewhere && (
        <Banner tone="warning" announce>
          {composeStrings.editedElsewhere}
        </Banner>
      )}
      {draft.failure && (
        <Banner
          tone="danger"
          announce
          actions={
            <Button size="small" variant="quiet" onPress={() => void session.flush()}>
              {composeStrings.tryAgain}
            </Button>
          }
        >
          {composeStrings.notSavedBecause(draft.failure.message)}
        </Banner>
      )}
      <div className={styles.fields}>
        {people(
          'to',
          composeStrings.to,
          <span className={styles.copies}>
            {!shows('cc') && (
              <Button size="small" variant="quiet" onPress={() => ask('cc')}>
                {composeStrings.cc}
              </Button>
            )}
            {!shows('bcc') && (
              <Button size="small" variant="quiet" onPress={() => ask('bcc')}>
                {composeStrings.bcc}
              </Button>
            )}
          </span>,
        )}
        {shows('cc') && people('cc', composeStrings.cc)}
        {shows('bcc') && people('bcc', composeStrings.bcc)}
        {shows('replyTo') && people('replyTo', composeStrings.replyTo)}
        <FromField session={session} identities={identities} editor={editor} />
        {!passesOn && (
          <div className={styles.line}>
            <label htmlFor={`subject-${session.id}`} className={styles.label}>
              {composeStrings.subject}
            </label>
            <input
              id={`subject-${session.id}`}
              className={styles.subject}
              value={content.subject}
              maxLength={2000}
              dir="auto"
              onChange={({ currentTarget }) => session.change({ subject: currentTarget.value })}
            />
          </div>
        )}
      </div>
      {send.problems}
      {passesOn ? (
        <RedirectedMessage
          messageId={relatedId}
          onLeave={() => form.current?.querySelector('input')?.focus()}
        />
      ) : (
        <DraftBody session={session} autoFocus={startsInText} editor={editor}>
          <AttachmentsBar session={session} />
        </DraftBody>
      )}
      <SendBar session={session} busy={send.busy} />
      {history && <HistoryDialog session={session} onClose={() => setHistory(false)} />}
      {send.dialog}
    </form>
  );
}
