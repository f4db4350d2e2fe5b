import { useEffect, useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import type { ListId } from '../../shared/domain';
import { closeDialog, showList } from '../state/ui-store';
import { commandStrings } from '../strings/commands';
import { folderPath } from '../strings/folder-path';
import { useLiveQuery } from '../transport/use-live-query';
import { Key } from '../ui/key';
import { announce } from '../ui/live-region';
import { useOnlyDialog } from '../ui/use-only-dialog';
import { COMMANDS } from './catalogue';
import styles from './palette.module.css';
import { type PaletteItem, searchPalette } from './palette-items';
import { recentIds, rememberRecent } from './recent';
import { canRun, runCommand } from './registry';
import { shortcutOf } from './shortcut-label';

const SECTIONS = ['recent', 'commands', 'folders'] as const;

/** The command palette (APP-253): every command that can run now, and every folder. */
export function Palette() {
  const [text, setText] = useState('');
  useOnlyDialog(closeDialog);
  const items = usePaletteItems();
  const recent = useMemo(recentIds, []);
  const found = searchPalette(items, text, recent);
  const count = commandStrings.found(found.length);
  useEffect(() => {
    if (text !== '') announce(count);
  }, [text, count]);
  const run = (id: string) => {
    const item = items.find((candidate) => candidate.id === id);
    if (!item) return;
    rememberRecent(id);
    closeDialog();
    // After the dialog gave the focus back, so that the command acts where the user was.
    requestAnimationFrame(() => item.run());
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => (open ? undefined : closeDialog())}
      className={styles.overlay ?? ''}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog aria-label={commandStrings.paletteTitle} className={styles.dialog ?? ''}>
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField aria-label={commandStrings.paletteField} autoFocus className={styles.field ?? ''}>
              {/* The list below is always open, which is what makes this a combobox (ui.md section 8). */}
              <Input
                role="combobox"
                aria-expanded
                className={styles.input ?? ''}
                placeholder={commandStrings.palettePlaceholder}
              />
            </SearchField>
            <ListBox
              aria-label={commandStrings.paletteTitle}
              className={styles.list ?? ''}
              selectionMode="none"
              onAction={(key) => run(String(key))}
              renderEmptyState={() => <p className={styles.empty}>{commandStrings.paletteNothing}</p>}
            >
              {SECTIONS.map((section) => {
                const inside = found.filter((item) => item.section === section);
                return inside.length === 0 ? null : (
                  <ListBoxSection key={section} className={styles.section ?? ''}>
                    <Header className={styles.header}>{commandStrings[section]}</Header>
                    {inside.map((item) => (
                      <ListBoxItem
                        key={item.id}
                        id={item.id}
                        textValue={item.label}
                        className={styles.item ?? ''}
                      >
                        <span className={styles.label}>{item.label}</span>
                        {item.hint ? <span className={styles.hint}>{item.hint}</span> : null}
                        {item.shortcut ? <Key keys={item.shortcut} /> : null}
                      </ListBoxItem>
                    ))}
                  </ListBoxSection>
                );
              })}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function usePaletteItems(): readonly PaletteItem[] {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data;
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data;
  return useMemo(() => {
    const commands = COMMANDS.filter(({ id, palette }) => palette && canRun(id)).map(
      ({ id, title }): PaletteItem => ({
        id,
        label: title,
        section: 'commands',
        shortcut: shortcutOf(id),
        run: () => void runCommand(id),
      }),
    );
    const folders = (mailboxes ?? [])
      .filter(({ selectable }) => selectable)
      .map(
        ({ id, role, path, accountId }): PaletteItem => ({
          id: `folder:${id}`,
          label: folderPath({ role, path }),
          section: 'folders',
          hint: accounts?.find((account) => account.id === accountId)?.name,
          run: () => showList(id as number as ListId),
        }),
      );
    return [...commands, ...folders];
  }, [accounts, mailboxes]);
}
