import { CalendarClock, ChevronDown, Ellipsis, Paperclip, SendHorizontal, Trash2 } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { composeStrings } from '../strings/compose';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../ui/menu';
import { attachFiles, pickFiles } from './attach-files';
import { discardDraft } from './discard-draft';
import type { DraftSession } from './draft-session';
import type { LetterEditor } from './editor/rich-editor';
import { HistoryDialog } from './history-dialog';
import { letterText } from './letter-text';
import { textToHtml } from './quote-into-text';
import styles from './send-bar.module.css';
import { useDraft } from './sessions';

interface SendBarProps {
  readonly session: DraftSession;
  readonly editor: RefObject<LetterEditor | null>;
  readonly busy: boolean;
  readonly sendKey: string | undefined;
  onSend(): void;
  onLater(): void;
  onReplyTo(): void;
}

/** What can be done with the letter, sending first. */
export function SendBar({ session, editor, busy, sendKey, onSend, onLater, onReplyTo }: SendBarProps) {
  const { content } = useDraft(session);
  const [history, setHistory] = useState(false);
  const { options, format } = content;
  const option = (patch: Partial<typeof options>) => session.change({ options: { ...options, ...patch } });
  const chosen = [
    options.readReceipt ? 'readReceipt' : '',
    options.deliveryReceipt ? 'deliveryReceipt' : '',
  ].filter(Boolean);
  const switchFormat = () => {
    if (format === 'text') session.change({ format: 'html', body: textToHtml(session.body()) });
    else session.change({ format: 'text', body: letterText(session.body()) });
    requestAnimationFrame(() => editor.current?.focus());
  };
  return (
    <div className={styles.bar}>
      <div className={styles.send}>
        <Button
          variant="primary"
          icon={<SendHorizontal />}
          isPending={busy}
          onPress={onSend}
          aria-keyshortcuts={sendKey === undefined ? undefined : 'Control+Enter'}
        >
          {composeStrings.send}
        </Button>
        <Menu
          label={composeStrings.sendOptions}
          placement="top start"
          trigger={
            <IconButton label={composeStrings.sendOptions}>
              <ChevronDown />
            </IconButton>
          }
        >
          <MenuItem
            icon={<SendHorizontal />}
            label={composeStrings.sendNow}
            shortcut={sendKey}
            onAction={onSend}
          />
          <MenuItem icon={<CalendarClock />} label={composeStrings.sendLater} onAction={onLater} />
        </Menu>
      </div>
      {session.kind !== 'redirect' && (
        <IconButton
          label={composeStrings.attach}
          onPress={() => pickFiles((files) => void attachFiles(session, files))}
        >
          <Paperclip />
        </IconButton>
      )}
      <span className={styles.space} />
      {session.kind !== 'redirect' && (
        <Menu
          label={composeStrings.more}
          placement="top end"
          trigger={
            <IconButton label={composeStrings.more}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem
            label={format === 'html' ? composeStrings.toPlain : composeStrings.toRich}
            onAction={switchFormat}
          />
          <MenuItem label={composeStrings.history} onAction={() => setHistory(true)} />
          <MenuItem label={composeStrings.addReplyTo} onAction={onReplyTo} />
          <MenuSeparator />
          <MenuSection title={composeStrings.requests} selected={chosen} multiple>
            <MenuItem
              id="readReceipt"
              label={composeStrings.readReceipt}
              onAction={() => option({ readReceipt: !options.readReceipt })}
            />
            <MenuItem
              id="deliveryReceipt"
              label={composeStrings.deliveryReceipt}
              onAction={() => option({ deliveryReceipt: !options.deliveryReceipt })}
            />
          </MenuSection>
          <MenuSection title={composeStrings.priority} selected={[options.priority]}>
            {(['high', 'normal', 'low'] as const).map((priority) => (
              <MenuItem
                key={priority}
                id={priority}
                label={composeStrings.priorities[priority]}
                onAction={() => option({ priority })}
              />
            ))}
          </MenuSection>
        </Menu>
      )}
      <IconButton label={composeStrings.discard} onPress={() => void discardDraft(session)}>
        <Trash2 />
      </IconButton>
      {history && <HistoryDialog session={session} onClose={() => setHistory(false)} />}
    </div>
  );
}
