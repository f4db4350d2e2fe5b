import { Ellipsis } from 'lucide-react';
import type { MessageId } from '../../shared/domain';
import type { CommandId } from '../commands/catalogue';
import { CommandItems } from '../commands/command-items';
import { readerStrings } from '../strings/reader';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';

const COMMANDS: readonly (readonly CommandId[])[] = [
  [
    'compose.reply',
    'compose.replyAll',
    'compose.forward',
    'compose.forwardAttached',
    'compose.editAsNew',
    'compose.redirect',
  ],
  [
    'message.asText',
    'message.fixedWidth',
    'message.toggleDark',
    'message.larger',
    'message.smaller',
    'message.normalSize',
    'message.charset',
  ],
  ['list.openWindow', 'message.source', 'message.history', 'message.save', 'message.print'],
];

/** How one message is shown, and what else can be had of it (APP-094 to APP-096). */
export function MessageMenu({ messageId }: { readonly messageId: MessageId }) {
  return (
    <Menu
      label={readerStrings.messageMenu}
      placement="bottom end"
      trigger={
        <IconButton size="small" label={readerStrings.messageMenu}>
          <Ellipsis />
        </IconButton>
      }
    >
      <CommandItems groups={COMMANDS} target={{ kind: 'message', messageId }} />
    </Menu>
  );
}
