import { Ellipsis } from 'lucide-react';
import { useShortcutOf } from '../commands/key-bindings';
import { ABOUT, type AboutCommand } from '../compose/use-compose-commands';
import { saveSettings } from '../settings/use-settings';
import { commandTitles } from '../strings/commands';
import { readerStrings } from '../strings/reader';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../ui/menu';
import type { ViewChoice } from './message-body';

/** Character sets people may need to try when a message names the wrong one (APP-096). */
const CHARSETS = [
  'utf-8',
  'windows-1252',
  'iso-8859-2',
  'windows-1251',
  'koi8-r',
  'gb18030',
  'big5',
  'shift_jis',
  'iso-2022-jp',
  'euc-kr',
];

interface MessageMenuProps {
  readonly choice: ViewChoice;
  readonly hasHtml: boolean;
  readonly charset: string | null;
  onAnswer(command: AboutCommand): void;
  onChoice(change: Pick<ViewChoice, 'as'>): void;
  onCharset(charset: string | null): void;
  onToggleDark(): void;
  /** Absent in a window of its own. */
  readonly onOpenWindow: (() => void) | undefined;
  onSource(): void;
  onHistory(): void;
  onSave(): void;
  onPrint(): void;
}

/** How one message is shown, and what else can be had of it (APP-094 to APP-096). */
export function MessageMenu({ choice, hasHtml, charset, ...on }: MessageMenuProps) {
  const shortcutOf = useShortcutOf();
  const zoom = (percent: number) =>
    void saveSettings({ textZoomPercent: Math.min(300, Math.max(50, percent)) });
  const fixed = (fixedWidth: boolean) => {
    on.onChoice({ as: 'text' });
    void saveSettings({ fixedWidth });
  };
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
      {(Object.keys(ABOUT) as AboutCommand[]).map((command) => (
        <MenuItem
          key={command}
          label={commandTitles[command]}
          shortcut={shortcutOf(command)}
          onAction={() => on.onAnswer(command)}
        />
      ))}
      <MenuSeparator />
      <MenuSection title={readerStrings.viewAs}>
        {hasHtml && choice.as === 'text' && (
          <MenuItem label={readerStrings.formatted} onAction={() => on.onChoice({ as: 'html' })} />
        )}
        {hasHtml && choice.as === 'html' && (
          <MenuItem label={readerStrings.plainText} onAction={() => on.onChoice({ as: 'text' })} />
        )}
        <MenuItem
          label={choice.fixedWidth ? readerStrings.proportional : readerStrings.fixedWidth}
          onAction={() => fixed(!choice.fixedWidth)}
        />
        <MenuItem
          label={readerStrings.lightDark}
          shortcut={shortcutOf('message.toggleDark')}
          onAction={on.onToggleDark}
        />
        <MenuItem label={readerStrings.larger} onAction={() => zoom(choice.zoomPercent + 25)} />
        <MenuItem label={readerStrings.smaller} onAction={() => zoom(choice.zoomPercent - 25)} />
        <MenuItem label={readerStrings.normalSize(choice.zoomPercent)} onAction={() => zoom(100)} />
      </MenuSection>
      <MenuSeparator />
      {on.onOpenWindow && <MenuItem label={commandTitles['list.openWindow']} onAction={on.onOpenWindow} />}
      <MenuItem label={readerStrings.source} onAction={on.onSource} />
      <MenuItem label={readerStrings.history} onAction={on.onHistory} />
      <MenuItem label={readerStrings.saveMessage} onAction={on.onSave} />
      <MenuItem label={readerStrings.print} shortcut={shortcutOf('message.print')} onAction={on.onPrint} />
      <MenuSeparator />
      <MenuSection title={`${readerStrings.characterSet}: ${charset ?? readerStrings.automatic}`}>
        <MenuItem label={readerStrings.automatic} onAction={() => on.onCharset(null)} />

        {CHARSETS.map((name) => (
          <MenuItem key={name} id={name} label={name} onAction={() => on.onCharset(name)} />
        ))}
      </MenuSection>
    </Menu>
  );
}
