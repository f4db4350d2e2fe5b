/** One visible line of the side bar's tree. */
export interface TreeItem {
  readonly key: string;
  /** From 1. */
  readonly level: number;
  readonly parent: string | null;
  /** null = has nothing to unfold. */
  readonly expanded: boolean | null;
  /** What type-ahead compares. */
  readonly text: string;
}

export type TreeStep =
  | { readonly kind: 'focus'; readonly key: string }
  | { readonly kind: 'expand' | 'collapse'; readonly key: string }
  | null;

/** Keyboard behaviour of the WAI-ARIA tree pattern over the visible lines, as a value. */
export function treeStep(items: readonly TreeItem[], current: string, key: string, rtl: boolean): TreeStep {
  const at = items.findIndex((item) => item.key === current);
  const item = items[at];
  if (!item) return null;
  const focus = (target: TreeItem | undefined): TreeStep =>
    target && target.key !== current ? { kind: 'focus', key: target.key } : null;
  switch (key) {
    case 'ArrowDown':
      return focus(items[at + 1]);
    case 'ArrowUp':
      return focus(items[at - 1]);
    case 'Home':
      return focus(items[0]);
    case 'End':
      return focus(items.at(-1));
    case 'ArrowRight':
    case 'ArrowLeft': {
      const inward = (key === 'ArrowRight') !== rtl;
      if (inward && item.expanded === false) return { kind: 'expand', key: current };
      if (inward && item.expanded) return focus(items[at + 1]);
      if (inward) return null;
      if (item.expanded) return { kind: 'collapse', key: current };
      return focus(items.find((candidate) => candidate.key === item.parent));
    }
    default:
      return null;
  }
}

/** First line after the current one that begins with what was typed; one repeated letter goes round (APP-039). */
export function typeAhead(items: readonly TreeItem[], current: string, typed: string): string | null {
  const query = typed.toLocaleLowerCase();
  const same = [...query].every((letter) => letter === query[0]);
  const start =
    Math.max(
      0,
      items.findIndex((item) => item.key === current),
    ) + (same ? 1 : 0);
  const wanted = same ? query.slice(0, 1) : query;
  for (let step = 0; step < items.length; step += 1) {
    const item = items[(start + step) % items.length];
    if (item?.text.toLocaleLowerCase().startsWith(wanted)) return item.key;
  }
  return null;
}
