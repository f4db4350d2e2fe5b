import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { ListController } from './list-controller';

/** A row fades and its neighbours move up in this time (UI-080), in milliseconds; as `--motion-fast`. */
const LEAVE_MS = 120;
const CALM_LEAVE_MS = 80;
const EASE_OUT = 'cubic-bezier(0.2, 0, 0, 1)';
/** Where more leave at once nothing moves (UI-083): one sees that the list is another. */
const MOST_LEAVING = 1_000;

interface Seen {
  readonly list: ListController;
  readonly query: object;
  readonly shifted: number;
  readonly total: number;
}

/**
 * Lets rows that leave fade and the ones below move up to their place (UI-080). The rows themselves are gone at once
 * (APP-058): what fades is a picture of them that nobody can press, find or hear.
 */
export function useRowLeave(slab: RefObject<HTMLElement | null>, now: Seen): void {
  const before = useRef(now);
  const left = before.current.total - now.total;
  const moves =
    left > 0 &&
    left <= MOST_LEAVING &&
    before.current.list === now.list &&
    before.current.query === now.query &&
    before.current.shifted === now.shifted;
  // While React has not touched the document yet, it still shows where the rows were.
  const places = moves && slab.current ? placesIn(slab.current) : null;
  useLayoutEffect(() => {
    before.current = now;
    if (places && slab.current) moveUp(slab.current, places);
  });
}

function placesIn(slab: HTMLElement): ReadonlyMap<HTMLElement, number> {
  return new Map(
    [...slab.children].flatMap((child) =>
      child instanceof HTMLElement && !child.inert ? [[child, Number.parseFloat(child.style.top)]] : [],
    ),
  );
}

function moveUp(slab: HTMLElement, places: ReadonlyMap<HTMLElement, number>): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const gone = [...places.keys()].filter((row) => !row.isConnected);
  if (gone.length === 0) return;
  if (!calm) {
    let furthest = 0;
    for (const child of slab.children) {
      if (!(child instanceof HTMLElement) || child.inert) continue;
      const top = Number.parseFloat(child.style.top);
      // What comes into the document from below comes with its neighbours.
      const by = (places.get(child) ?? top + furthest) - top;
      furthest = Math.max(furthest, by);
      if (by > 0)
        child.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], {
          duration: LEAVE_MS,
          easing: EASE_OUT,
        });
    }
  }
  for (const row of gone) fade(slab, row, calm ? CALM_LEAVE_MS : LEAVE_MS);
}

/** What makes a row a row to keys, tests of the focus and screen readers. */
const NAMES = [
  ...['id', 'role', 'tabindex', 'aria-label', 'aria-rowindex'],
  ...['data-index', 'data-control', 'data-region-focus'],
];

function fade(slab: HTMLElement, row: HTMLElement, duration: number): void {
  const picture = row.cloneNode(true) as HTMLElement;
  for (const element of [picture, ...picture.querySelectorAll<HTMLElement>('*')])
    for (const name of NAMES) element.removeAttribute(name);
  picture.inert = true;
  picture.ariaHidden = 'true';
  slab.append(picture);
  const fading = picture.animate([{ opacity: 1 }, { opacity: 0 }], { duration, easing: EASE_OUT });
  fading.onfinish = () => picture.remove();
  fading.oncancel = fading.onfinish;
}
