import { X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { beginsWithCharacter } from '../../shared/keyboard/key-map';
import { canBind, WIDGET_KEYS } from '../../shared/keyboard/own-keys';
import type { CommandSpec } from '../commands/catalogue';
import { isApple, readableKeys } from '../commands/shortcut-label';
import { pressedKey } from '../commands/use-shortcuts';
import { listed } from '../strings/plural';
import { settingsStrings } from '../strings/settings';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Key } from '../ui/key';
import { announce } from '../ui/live-region';
import styles from './key-settings.module.css';

const words = settingsStrings.keyBindings;

interface KeyRowProps {
  readonly command: CommandSpec;
  /** As they are in force. */
  readonly keys: readonly string[];
  /** True when a person chose them. */
  readonly isOwn: boolean;
  readonly isAdding: boolean;
  onAdding(on: boolean): void;
  onGive(keys: readonly string[]): void;
  onReset(): void;
  /** Titles of the commands that would lose these keys. */
  losers(keys: string): readonly string[];
}

/** One command with its keys: take one off, press another, or have them as before. */
export function KeyRow({ command, keys, isOwn, isAdding, onAdding, onGive, onReset, losers }: KeyRowProps) {
  const line = useRef<HTMLFieldSetElement>(null);
  const fixed = WIDGET_KEYS[command.id];
  const { title } = command;
  // The button that was pressed may be gone: the row keeps the focus.
  const stay = () => focusAdd(line);
  return (
    <fieldset ref={line} className={styles.row} aria-label={title}>
      <p className={styles.title}>{title}</p>
      <div className={styles.list}>
        {keys.map((each) => (
          <span key={each} className={styles.key}>
            <Key keys={readableKeys(each, isApple)} />
            <IconButton
              size="small"
              label={words.remove(readableKeys(each, isApple), title)}
              onPress={() => {
                onGive(keys.filter((other) => other !== each));
                stay();
              }}
            >
              <X />
            </IconButton>
          </span>
        ))}
        {fixed !== undefined && <Key keys={readableKeys(fixed, isApple)} />}
        {keys.length === 0 && fixed === undefined && <span className={styles.none}>{words.noKey}</span>}
        {isOwn && (
          <Button
            size="small"
            variant="quiet"
            aria-label={words.reset(title)}
            onPress={() => {
              onReset();
              stay();
            }}
          >
            {words.resetButton}
          </Button>
        )}
        <span data-add>
          <Button size="small" variant="quiet" aria-label={words.add(title)} onPress={() => onAdding(true)}>
            {words.addButton}
          </Button>
        </span>
      </div>
      {isAdding && (
        <Recorder
          title={title}
          keys={keys}
          losers={losers}
          onDone={(added) => {
            onAdding(false);
            if (added !== null) onGive([...keys, added]);
            stay();
          }}
        />
      )}
    </fieldset>
  );
}

function focusAdd(line: RefObject<HTMLElement | null>): void {
  requestAnimationFrame(() => line.current?.querySelector<HTMLElement>('[data-add] button')?.focus());
}

interface RecorderProps {
  readonly title: string;
  readonly keys: readonly string[];
  losers(keys: string): readonly string[];
  /** Null = given up. */
  onDone(added: string | null): void;
}

/** Listens to what is pressed, and says what it would mean before it is taken. */
function Recorder({ title, keys, losers, onDone }: RecorderProps) {
  const field = useRef<HTMLInputElement>(null);
  const [pressed, setPressed] = useState('');
  const readable = readableKeys(pressed, isApple);
  const lost = pressed === '' ? [] : losers(pressed);
  const usable = pressed !== '' && canBind(pressed) && !keys.includes(pressed);
  const says =
    pressed === ''
      ? ''
      : !canBind(pressed)
        ? words.refused(readable)
        : keys.includes(pressed)
          ? words.has(readable, title)
          : lost.length > 0
            ? words.taken(readable, listed(lost))
            : '';
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (says !== '') announce(says);
  }, [says]);

  function keyDown(event: React.KeyboardEvent) {
    const { nativeEvent } = event;
    if (nativeEvent.isComposing || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const key = pressedKey(nativeEvent);
    if (key === 'Escape') return onDone(null);
    if (key === 'Enter') return usable ? onDone(pressed) : undefined;
    if (key !== null) setPressed(follows(pressed, key) ? `${pressed} ${key}` : key);
  }
  return (
    <div className={styles.recorder}>
      <input
        ref={field}
        readOnly
        className={styles.pressed}
        aria-label={words.press(title)}
        placeholder={words.pressNow}
        value={readable}
        onKeyDown={keyDown}
      />
      <Button size="small" onPress={() => onDone(pressed)} isDisabled={!usable}>
        {words.use(readable)}
      </Button>
      <Button size="small" variant="quiet" onPress={() => onDone(null)}>
        {words.cancel}
      </Button>
      {says !== '' && <p className={lost.length > 0 && usable ? styles.warning : styles.says}>{says}</p>}
    </div>
  );
}

/** Two keys that type make a sequence; a chord, or a third key, begins anew. */
function follows(before: string, key: string): boolean {
  return before !== '' && !before.includes(' ') && beginsWithCharacter(before) && beginsWithCharacter(key);
}
