import { useEffect } from 'react';
import { create } from 'zustand';
import { useUi } from '../state/ui-store';
import { COMMANDS, type CommandSpec } from './catalogue';
import { describeKey } from './key-press';
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

/** The one keyboard handler of the window (UI-094). `singleKeys` false switches bare characters off. */
export function useShortcuts(singleKeys: boolean): void {
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

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || useUi.getState().dialog) return;
      if (waiting.length > 0 && event.key === 'Escape') {
        setWaiting([]);
        event.preventDefault();
        return;
      }
      const key = describeKey(
        {
          key: event.key,
          code: event.code,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
          altKey: event.altKey,
          shiftKey: event.shiftKey,
          altGraph: event.getModifierState('AltGraph'),
        },
        isApple,
      );
      if (key === null) return;
      const place = placeOf(event.target);
      if (isCharacter(key) && !(singleKeys && place === 'mail')) return;
      const usable = COMMANDS.filter((spec) => isAllowed(spec, place) && canRun(spec.id));
      const step = nextStep(usable, waiting, key);
      setWaiting(step.kind === 'wait' ? step.keys : []);
      if (step.kind === 'none') return;
      event.preventDefault();
      if (step.kind === 'run') runCommand(step.binding.id);
    };

    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.clearTimeout(timer);
    };
  }, [singleKeys]);
}

type Place = 'field' | 'mail' | 'window';

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof HTMLElement)) return 'window';
  if (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
    return 'field';
  if (target === document.body || target.closest('[data-shortcuts="mail"]')) return 'mail';
  return 'window';
}

function isAllowed({ where }: CommandSpec, place: Place): boolean {
  switch (place) {
    case 'field':
      return where === 'anywhere';
    case 'mail':
      return true;
    case 'window':
      return where !== 'mail';
  }
}

/** A key that types something: such a shortcut acts only in the mail regions, and only if the user wants it. */
function isCharacter(key: string): boolean {
  return [...key].length === 1 || key === 'Space';
}
