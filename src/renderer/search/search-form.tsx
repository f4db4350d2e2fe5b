import { SlidersHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import { HAS_VALUES, IS_VALUES } from '../../shared/search/operators';
import { useCommand } from '../commands/registry';
import { focusRegion } from '../layout/regions';
import { changeSearch, useUi } from '../state/ui-store';
import { formStrings, searchStrings } from '../strings/search';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Popover } from '../ui/popover';
import { TextField } from '../ui/text-field';
import { type FieldOperator, type FormValues, formOf, textOf } from './form-text';
import { rememberSearch } from './recent-searches';
import styles from './search-form.module.css';

/** What most searches are made of; the rest is one press away. */
const FIRST: readonly FieldOperator[] = ['from', 'to', 'subject', 'in', 'after', 'before'];
const REST: readonly FieldOperator[] = [
  'with',
  'cc',
  'bcc',
  'body',
  'filename',
  'type',
  'label',
  'account',
  'larger',
  'smaller',
  'on',
  'newer_than',
  'older_than',
  'list',
  'keyword',
  'msgid',
  'thread',
  'header',
];

/** The button at the search field and the form that hangs on it (APP-169). */
export function SearchForm() {
  const button = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  useCommand('search.form', () => setOpen(true));
  return (
    <>
      <span ref={button}>
        <IconButton size="small" label={searchStrings.form} isActive={open} onPress={() => setOpen(!open)}>
          <SlidersHorizontal />
        </IconButton>
      </span>
      <Popover
        triggerRef={button}
        isOpen={open}
        onOpenChange={setOpen}
        label={searchStrings.form}
        placement="bottom end"
        fillsPhone
      >
        <Form onDone={() => setOpen(false)} />
      </Popover>
    </>
  );
}

/**
 * Fields and text are one search: what is written in one is read in the other at once. A field keeps what is being typed
 * as it is typed; only another text from elsewhere is read anew.
 */
function Form({ onDone }: { onDone(): void }) {
  const text = useUi((state) => state.search.text);
  const written = useRef(text);
  const [values, setValues] = useState(() => formOf(text));
  if (text !== written.current) {
    written.current = text;
    setValues(formOf(text));
  }
  function change(next: FormValues) {
    setValues(next);
    written.current = textOf(next);
    changeSearch({ text: written.current });
  }
  const field = (name: FieldOperator) => (
    <TextField
      key={name}
      label={formStrings.fields[name]}
      placeholder={formStrings.examples[name]}
      value={values.fields[name] ?? ''}
      onChange={(value) => change({ ...values, fields: { ...values.fields, [name]: value } })}
    />
  );
  const boxes = (kind: 'is' | 'has', known: readonly string[]) => (
    <fieldset className={styles.boxes}>
      <legend className={styles.legend}>{formStrings[kind]}</legend>
      {known.map((value) => (
        <label key={value} className={styles.box}>
          <input
            type="checkbox"
            checked={values[kind].includes(value)}
            onChange={({ target }) =>
              change({
                ...values,
                [kind]: target.checked
                  ? [...values[kind], value]
                  : values[kind].filter((other) => other !== value),
              })
            }
          />
          {formStrings.values[value] ?? value}
        </label>
      ))}
    </fieldset>
  );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        rememberSearch(text);
        onDone();
        requestAnimationFrame(() => focusRegion('list'));
      }}
    >
      <TextField
        autoFocus
        label={formStrings.words}
        value={values.words}
        onChange={(words) => change({ ...values, words })}
      />
      <TextField label={formStrings.not} value={values.not} onChange={(not) => change({ ...values, not })} />
      <div className={styles.pairs}>{FIRST.map(field)}</div>
      {boxes('has', HAS_VALUES)}
      {boxes('is', IS_VALUES)}
      <details>
        <summary className={styles.legend}>{formStrings.more}</summary>
        <div className={styles.pairs}>{REST.map(field)}</div>
      </details>
      <div className={styles.actions}>
        <Button onPress={() => change({ fields: {}, is: [], has: [], words: '', not: '' })}>
          {formStrings.empty}
        </Button>
        <Button variant="primary" type="submit">
          {formStrings.search}
        </Button>
      </div>
    </form>
  );
}
