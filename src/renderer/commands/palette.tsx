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
import { KEY_MAP } from '../../shared/keyboard/key-map';
import { focusRegion } from '../layout/regions';
import { quoteValue } from '../search/words';
import { settingTitles } from '../settings/preference-specs';
import { useSettings } from '../settings/use-settings';
import { changeSearch, closeDialog, openDialog, showList } from '../state/ui-store';
import { commandStrings } from '../strings/commands';
import { folderPath } from '../strings/folder-path';
import { useHost } from '../transport/use-host';
import { useLiveQuery } from '../transport/use-live-query';
import { Key } from '../ui/key';
import { announce } from '../ui/live-region';
import { useOnlyDialog } from '../ui/use-only-dialog';
import { COMMANDS } from './catalogue';
import { useKeyBindings, useShortcutOf } from './key-bindings';
import styles from './palette.module.css';
import { type PaletteItem, searchPalette } from './palette-items';
import { recentIds, rememberRecent } from './recent';
import { readyCommand } from './registry';

const SECTIONS = ['recent', 'commands', 'folders', 'people', 'settings'] as const;
/** People of the address book that are offered at once. */
const MAX_PEOPLE = 8;
const MAX_WORD = 100;

/** The command palette (APP-253): every command that can run now, every folder, people by name, and every setting. */
export function Palette() {
  const [text, setText] = useState('');
  useOnlyDialog(closeDialog);
  const items = usePaletteItems(text.trim());
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

function usePaletteItems(text: string): readonly PaletteItem[] {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data;
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data;
  const people = usePeople(text);
  const settings = useSettingItems();
  const { inForce } = useKeyBindings();
  const shortcutOf = useShortcutOf();
  return useMemo(() => {
    const commands = COMMANDS.flatMap(({ id, palette }): PaletteItem[] => {
      const ready = palette ? readyCommand(id) : null;
      if (!ready) return [];
      // Keys of the default preset too: they are what people who know others expect.
      const keys = [...KEY_MAP[id], ...(inForce.get(id) ?? [])];
      const { title, run } = ready;
      return [{ id, label: title, section: 'commands', shortcut: shortcutOf(id), keys, run }];
    });
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
    return [...commands, ...folders, ...people, ...settings];
  }, [accounts, mailboxes, people, settings, inForce, shortcutOf]);
}

/** People whose name or address begins like what is typed; choosing one shows their mail. */
function usePeople(text: string): readonly PaletteItem[] {
  const asked = text.length <= MAX_WORD ? text : '';
  const found = useLiveQuery('search.suggest', { text: asked, limit: MAX_PEOPLE }, [], {
    enabled: asked !== '',
    keepPrevious: true,
  }).data?.people;
  return useMemo(
    () =>
      (found ?? []).map(
        ({ name, address }): PaletteItem => ({
          id: `person:${address}`,
          label: name || address,
          section: 'people',
          hint: name ? address : undefined,
          run: () => {
            changeSearch({ text: `from:${quoteValue(address)}`, scope: 'everywhere' });
            requestAnimationFrame(() => focusRegion('list'));
          },
        }),
      ),
    [found],
  );
}

function useSettingItems(): readonly PaletteItem[] {
  const settings = useSettings();
  const desktop = useHost((state) => state.info?.hostKind === 'electron');
  return useMemo(
    () =>
      settingTitles(settings, desktop).map(
        (label): PaletteItem => ({
          id: `setting:${label}`,
          label,
          section: 'settings',
          run: () => openDialog({ kind: 'settings', find: label }),
        }),
      ),
    [settings, desktop],
  );
}
