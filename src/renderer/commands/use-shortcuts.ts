import { useEffect } from 'react';
import { create } from 'zustand';
import { describeKey } from '../../shared/keyboard/describe-key';
import { beginsWithCharacter } from '../../shared/keyboard/key-map';
import { APPLE_FIELD_KEYS, FIELD_KEYS } from '../../shared/keyboard/own-keys';
import { useUi } from '../state/ui-store';
import type { CommandSpec } from './catalogue';
import { useKeyBindings } from './key-bindings';
import { canRun, runCommand } from './registry';
import { nextStep, SEQUENCE_TIMEOUT_MS } from './sequence';
import { isApple, readableKeys } from './shortcut-label';

/** Keys of a sequence that has begun, for the corner of the window (UI-060); null = none. */
export const useWaitingKeys = create<{ readonly keys: string | null }>()(() => ({ keys: null }));

/**
 * Regions where single keys act carry this attribute: the list pane and the reading pane. Spread it on the region's
 * element.
 */
export const MAIL_REGION = { 'data-shortcuts': 'mail' } as const;

/**
 * A field whose keys the library hands on to the list below it: they come from the list then and mean the field all the
 * same. Spread it on what holds both.
 */
export const TEXT_FIELD = { 'data-shortcuts': 'field' } as const;

/** The one keyboard handler of the window (UI-094). */
export function useShortcuts(): void {
  useEffect(() => {
    let waiting: readonly string[] = [];
    let timer = 0;

    const setWaiting = (keys: readonly string[]) => {
      waiting = keys;
      window.clearTimeout(timer);
      useWaitingKeys.setState({
        keys: keys.length > 0 ? readableKeys(keys.join(' '), isApple) : null,
      });
      if (keys.length > 0) timer = window.setTimeout(() => setWaiting([]), SEQUENCE_TIMEOUT_MS);
    };

    // Before any widget: Escape gives up the sequence and nothing else (UI-060).
    const onKeyDownFirst = (event: KeyboardEvent) => {
      if (waiting.length === 0 || event.key !== 'Escape' || event.isComposing) return;
      setWaiting([]);
      event.preventDefault();
      event.stopPropagation();
    };

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = pressedKey(event);
      if (key === null) return;
      const place = placeOf(event.target);
      // Lists and panes hear it themselves; with the focus nowhere it peels a layer too (UI-062).
      if (key === 'Escape' && event.target === document.body && place !== 'dialog') {
        runCommand('list.back');
        return;
      }
      const usable = useKeyBindings
        .getState()
        .commands.map((spec) => ({ ...spec, keys: spec.keys.filter((keys) => actsAt(place, spec, keys)) }))
        .filter((spec) => spec.keys.length > 0 && canRun(spec.id));
      const step = nextStep(usable, waiting, key);
      setWaiting(step.kind === 'wait' ? step.keys : []);
      if (step.kind === 'none') return;
      event.preventDefault();
      if (step.kind === 'run') runCommand(step.binding.id);
    };

    window.addEventListener('keydown', onKeyDownFirst, true);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDownFirst, true);
      window.removeEventListener('keydown', onKeyDown);
      window.clearTimeout(timer);
    };
  }, []);
}

/** The press in the key map's words; null for one that can be no shortcut. */
export function pressedKey(event: KeyboardEvent): string | null {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const altGraph = event.getModifierState('AltGraph');
  return describeKey({ key, code, ctrlKey, metaKey, altKey, shiftKey, altGraph }, isApple);
}

type Place = 'dialog' | 'field' | 'mail' | 'row' | 'tree' | 'window';

function placeOf(target: EventTarget | null): Place {
  if (useUi.getState().dialog) return 'dialog';
  if (!(target instanceof HTMLElement)) return 'window';
  if (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
    return 'field';
  if (target.closest('[data-shortcuts="field"]') && !target.closest('button')) return 'field';
  if (target.matches('[role=treeitem]')) return 'tree';
  if (target === document.body || target.closest('[data-shortcuts="mail"]'))
    return target.matches('[role=row]') ? 'row' : 'mail';
  return 'window';
}

function actsAt(place: Place, { id, where }: CommandSpec, keys: string): boolean {
  switch (place) {
    case 'dialog':
      // What was just done can be looked at, and taken back, from there too.
      return id === 'view.toasts' && !beginsWithCharacter(keys);
    case 'field':
      return where === 'anywhere' && !isFieldKey(keys);
    case 'row':
      return true;
    case 'mail':
      return !isTab(keys);
    case 'tree':
      return where !== 'mail' && !beginsWithCharacter(keys);
    case 'window':
      return where !== 'mail' && !beginsWithCharacter(keys) && !isTab(keys);
  }
}

/** Where it goes from pane to pane, it does so out of lists alone: everywhere else it walks the controls. */
function isTab(keys: string): boolean {
  return keys === 'Tab' || keys === 'Shift+Tab';
}

/** Fields and the editor keep the system's own keys, whatever is bound to them (UI-061). */
function isFieldKey(keys: string): boolean {
  return (
    beginsWithCharacter(keys) || FIELD_KEYS.includes(keys) || (isApple && APPLE_FIELD_KEYS.includes(keys))
  );
}
