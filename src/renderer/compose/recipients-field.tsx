import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { Person } from '../../shared/domain';
import { drawnName, spelledOut } from '../../shared/shown-name';
import { hueOf } from '../list/hue-of';
import { composeStrings } from '../strings/compose';
import { listed } from '../strings/plural';
import { useLiveQuery } from '../transport/use-live-query';
import { Avatar } from '../ui/avatar';
import { announce } from '../ui/live-region';
import { addPeople, isAddress, parsePeople } from './parse-people';
import styles from './recipients-field.module.css';

const MAX_OFFERED = 8;

interface RecipientsFieldProps {
  readonly label: string;
  readonly people: readonly Person[];
  readonly autoFocus?: boolean;
  onChange(people: Person[]): void;
  /** Stands at the end of the line. */
  readonly end?: ReactNode;
}

/**
 * People a letter goes to, as tokens (APP-123): typed, pasted as a list or chosen from those one writes to. Backspace
 * selects the last, then deletes it. What is no address is marked, and blocks nothing before it is sent.
 */
export function RecipientsField({ label, people, autoFocus, onChange, end }: RecipientsFieldProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const wanted = text.trim();
  const { data } = useLiveQuery('people.complete', { text: wanted.slice(0, 200), limit: MAX_OFFERED }, [], {
    enabled: wanted !== '',
    keepPrevious: true,
  });
  const known = new Set(people.map(({ address }) => address.toLowerCase()));
  const offers = wanted === '' ? [] : (data ?? []).filter(({ address }) => !known.has(address.toLowerCase()));

  const add = (more: readonly Person[]) => {
    if (more.length === 0) return;
    onChange(addPeople(people, more));
    setText('');
    setChosen(null);
    announce(composeStrings.added(listed(more.map(shown))));
  };
  const commit = () => add(parsePeople(text));
  const remove = (at: number) => {
    const person = people[at];
    onChange(people.filter((_, index) => index !== at));
    setChosen(null);
    if (person) announce(composeStrings.removed(shown(person)));
    input.current?.focus();
  };

  const keyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== input.current || event.nativeEvent.isComposing) return;
    const picking = input.current.getAttribute('aria-activedescendant');
    const mod = event.ctrlKey || event.metaKey || event.altKey;
    if ((event.key === 'Enter' || event.key === 'Tab') && !mod && wanted !== '' && !picking) {
      const best = offers[0];
      if (best && !isAddress(wanted)) add([best]);
      else commit();
      if (event.key === 'Enter') stop(event);
    } else if (
      (event.key === ',' || event.key === ';') &&
      parsePeople(text).some((one) => isAddress(one.address))
    ) {
      commit();
      stop(event);
    } else if (event.key === 'Backspace' && text === '' && people.length > 0) {
      if (chosen === null) {
        setChosen(people.length - 1);
        const last = people.at(-1);
        if (last) announce(composeStrings.chosen(shown(last)));
      } else remove(chosen);
      stop(event);
    } else if (event.key === 'Delete' && chosen !== null) {
      remove(chosen);
      stop(event);
    } else if (event.key === 'ArrowLeft' && text === '' && people.length > 0) {
      setChosen(Math.max(0, (chosen ?? people.length) - 1));
      stop(event);
    } else if (event.key === 'ArrowRight' && chosen !== null) {
      setChosen(chosen + 1 < people.length ? chosen + 1 : null);
      stop(event);
    } else if (chosen !== null && event.key.length === 1) setChosen(null);
  };

  return (
    // The buttons at the end stand outside: inside they would open the offers.
    <div className={styles.line}>
      <ComboBox
        className={styles.field ?? ''}
        items={offers.map((person) => ({ ...person, id: person.address }))}
        inputValue={text}
        onInputChange={setText}
        selectedKey={null}
        onSelectionChange={(key) => {
          const person = offers.find(({ address }) => address === key);
          if (person) add([person]);
        }}
        allowsCustomValue
        menuTrigger="input"
      >
        <Label className={styles.label}>{label}</Label>
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a click beside the tokens is a click into the field */}
        <div
          className={styles.tokens}
          onKeyDownCapture={keyDown}
          onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
        >
          {people.length > 0 && (
            <ul className={styles.list} aria-label={composeStrings.peopleIn(label)}>
              {people.map((person, at) => {
                const bad = !isAddress(person.address);
                return (
                  <li
                    key={person.address}
                    className={styles.token}
                    data-bad={bad || undefined}
                    data-chosen={at === chosen || undefined}
                    title={person.name === '' ? undefined : spelledOut(person.address)}
                  >
                    <bdi className={styles.name}>{shown(person)}</bdi>
                    {bad && <span className={styles.hidden}>{composeStrings.badAddress}</span>}
                    <button
                      type="button"
                      className={styles.remove}
                      tabIndex={-1}
                      aria-label={composeStrings.remove(shown(person))}
                      onClick={() => remove(at)}
                    >
                      <X size={14} aria-hidden />
                    </button>
                  </li>
                );
              })}
            </ul>
          )}
          <Input
            ref={input}
            className={styles.input ?? ''}
            autoFocus={autoFocus ?? false}
            onBlur={commit}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text/plain');
              const several = parsePeople(pasted);
              if (several.length === 0 || !several.some(({ address }) => isAddress(address))) return;
              event.preventDefault();
              add(several);
            }}
          />
        </div>
        <Popover className={styles.popover ?? ''} offset={4} placement="bottom start">
          <ListBox className={styles.offers ?? ''}>
            {(person: Person & { id: string }) => (
              <ListBoxItem id={person.id} textValue={shown(person)} className={styles.offer ?? ''}>
                <Avatar name={person.name || person.address} hue={hueOf(person.address)} size={24} />
                <span className={styles.offerWords}>
                  <bdi>{shown(person)}</bdi>
                  {person.name !== '' && (
                    <bdi className={styles.offerAddress}>{spelledOut(person.address)}</bdi>
                  )}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {end}
    </div>
  );
}

function shown({ name, address }: Person): string {
  return drawnName(name) || spelledOut(address);
}

function stop(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
