import { Maximize2 } from 'lucide-react';
import { useRef } from 'react';
import type { DraftId } from '../../shared/domain';
import { CommandButton, CommandTextButton } from '../commands/command-button';
import { useCommandsOn } from '../commands/registry';
import { composeStrings } from '../strings/compose';
import { listed } from '../strings/plural';
import { call } from '../transport/call';
import { IconButton } from '../ui/icon-button';
import { attachFiles, pickFiles } from './attach-files';
import { AttachmentsBar } from './attachments-bar';
import { discardDraft } from './discard-draft';
import { DraftBody } from './draft-body';
import type { DraftSession } from './draft-session';
import type { LetterEditor } from './editor/rich-editor';
import { meantDraft } from './meant-draft';
import { showDraft } from './open-drafts';
import styles from './quick-reply.module.css';
import { SaveState } from './save-state';
import { useDraft, useSession } from './sessions';
import { useSend } from './use-send';

interface QuickEditorProps {
  readonly draftId: DraftId;
  /** Begun just now: the cursor goes there. */
  readonly fresh: boolean;
  onDone(): void;
}

/** A short answer below the message; everything more is one button away. */
export function QuickEditor({ draftId, fresh, onDone }: QuickEditorProps) {
  const session = useSession(draftId);
  if (session === null || session === 'gone') return <div className={styles.line} />;
  return <Answer session={session} fresh={fresh} onDone={onDone} />;
}

type AnswerProps = Omit<QuickEditorProps, 'draftId'> & { readonly session: DraftSession };

function Answer({ session, fresh, onDone }: AnswerProps) {
  const draft = useDraft(session);
  const { to, cc } = draft.content;
  const editor = useRef<LetterEditor | null>(null);
  const region = useRef<HTMLDivElement>(null);
  const send = useSend(session);
  const enlarge = async () => {
    await session.flush();
    const view = await call('drafts.get', { draftId: session.id });
    if (view.ok && view.value) showDraft(view.value);
  };
  useCommandsOn((target) => meantDraft(target, session, region.current), {
    'compose.send': { run: () => void send.start(null) },
    'compose.discard': {
      run: () => {
        onDone();
        void discardDraft(session);
      },
    },
    'compose.attach': { run: () => pickFiles((files) => void attachFiles(session, files)) },
  });
  const target = { kind: 'draft', draftId: session.id } as const;
  const names = listed([...to, ...cc].map(({ name, address }) => name || address));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the letter are not keys of the conversation
    <div
      ref={region}
      className={styles.editor}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        region.current
          ?.closest('[data-reader-scroll]')
          ?.querySelector<HTMLElement>('[data-message-toggle]')
          ?.focus();
      }}
    >
      <div className={styles.head}>
        <bdi className={styles.names}>{composeStrings.toNames(names)}</bdi>
        <SaveState draft={draft} />
        <IconButton size="small" label={composeStrings.enlarge} onPress={() => void enlarge()}>
          <Maximize2 />
        </IconButton>
      </div>
      {send.problems}
      <DraftBody session={session} autoFocus={fresh} editor={editor}>
        <AttachmentsBar session={session} />
      </DraftBody>
      <div className={styles.actions}>
        <CommandTextButton id="compose.send" target={target} variant="primary" isPending={send.busy} />
        <CommandButton id="compose.attach" target={target} />
        <span className={styles.space} />
        <CommandButton id="compose.discard" target={target} />
      </div>
      {send.dialog}
    </div>
  );
}
