import { ListKeyboardDelegate } from 'react-aria';
import type { LineCollection, LineNode } from './line-collection';

interface LineKeysOptions {
  readonly collection: LineCollection;
  readonly collator: Intl.Collator;
  readonly ref: { readonly current: HTMLElement | null };
  readonly direction: 'ltr' | 'rtl';
}

/**
 * Where react-aria's keys lead in the tree, with what it leaves to those who use it: the arrow that unfolds goes on to the
 * first line inside (WAI-ARIA, tree view), and one repeated letter goes round among the lines that begin with it (APP-039).
 */
export function lineKeys({
  collection,
  collator,
  ref,
  direction,
}: LineKeysOptions): ListKeyboardDelegate<LineNode['value']> {
  const keys = new ListKeyboardDelegate({ collection, collator, ref });
  keys[direction === 'ltr' ? 'getKeyRightOf' : 'getKeyLeftOf'] = (key) => {
    const [first] = collection.getChildren(key);
    return first?.key ?? null;
  };
  const find = keys.getKeyForSearch.bind(keys);
  keys.getKeyForSearch = (typed, from) => {
    const [letter = ''] = typed;
    if ([...typed].some((other) => other !== letter)) return find(typed, from);
    // Nothing below: it is asked again, from the top.
    const next = from === undefined ? collection.getFirstKey() : collection.getKeyAfter(from);
    return next === null ? null : find(letter, next);
  };
  return keys;
}
