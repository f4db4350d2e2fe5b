import { ChevronDown, Ellipsis } from 'lucide-react';
import { CommandButton, CommandTextButton } from '../commands/command-button';
import { CommandItems } from '../commands/command-items';
import { useShortcutOf } from '../commands/key-bindings';
import type { CommandTarget } from '../commands/target';
import { composeStrings } from '../strings/compose';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../ui/menu';
import type { DraftSession } from './draft-session';
import styles from './send-bar.module.css';
import { useDraft } from './sessions';

interface SendBarProps {
  readonly session: DraftSession;
  readonly busy: boolean;
}

/** What can be done with the letter, sending first. */
export function SendBar({ session, busy }: SendBarProps) {
  const { options } = useDraft(session).content;
  const sendKey = useShortcutOf()('compose.send');
  const target: CommandTarget = { kind: 'draft', draftId: session.id };
  const option = (patch: Partial<typeof options>) => session.change({ options: { ...options, ...patch } });
  const chosen = [
    options.readReceipt ? 'readReceipt' : '',
    options.deliveryReceipt ? 'deliveryReceipt' : '',
  ].filter(Boolean);
  return (
    <div className={styles.bar}>
      <div className={styles.send}>
        <CommandTextButton
          id="compose.send"
          target={target}
          variant="primary"
          isPending={busy}
          aria-keyshortcuts={sendKey === undefined ? undefined : 'Control+Enter'}
        />
        <Menu
          label={composeStrings.sendOptions}
          placement="top start"
          trigger={
            <IconButton label={composeStrings.sendOptions}>
              <ChevronDown />
            </IconButton>
          }
        >
          <CommandItems groups={[['compose.send', 'compose.sendLater']]} target={target} />
        </Menu>
      </div>
      {session.kind !== 'redirect' && <CommandButton id="compose.attach" target={target} />}
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
          <CommandItems groups={[['compose.format', 'compose.history', 'compose.replyTo']]} target={target} />
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
      <CommandButton id="compose.discard" target={target} />
    </div>
  );
}
