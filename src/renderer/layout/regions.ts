import { useUi } from '../state/ui-store';

/** Panes in the order F6 visits them; each marks its element with `data-region` (ui.md section 7, "panes"). */
const REGIONS = ['sidebar', 'list', 'reader', 'composer', 'top-bar'] as const;
export type Region = (typeof REGIONS)[number];

function elementOf(region: Region): HTMLElement | null {
  const element = document.querySelector<HTMLElement>(`[data-region="${region}"]`);
  return element?.checkVisibility() ? element : null;
}

/** Where the focus goes inside a pane: the element it marks, else the first that can take it, else the pane. */
export function focusRegion(region: Region): boolean {
  const element = elementOf(region);
  if (!element) return false;
  const marked = element.querySelectorAll<HTMLElement>('[data-region-focus]');
  // What is found lies over the list, which keeps its own mark meanwhile.
  const target =
    [...marked].find((candidate) => candidate.checkVisibility()) ??
    element.querySelector<HTMLElement>('a[href], button:not([disabled]), input, [tabindex="0"]') ??
    element;
  if (target === element && !element.hasAttribute('tabindex')) element.tabIndex = -1;
  target.focus();
  return document.activeElement === target;
}

let before: Element | null = null;

/** Called as the palette opens, while the focus is still where it was. */
export function rememberFocus(): void {
  before = document.activeElement;
}

/** What has the focus; while the palette asks what to do, what had it before: that is what the answer will act on. */
export function focusedElement(): Element | null {
  return useUi.getState().dialog?.kind === 'palette' ? before : document.activeElement;
}

export function currentRegion(): Region | null {
  const name = focusedElement()?.closest<HTMLElement>('[data-region]')?.dataset.region;
  return REGIONS.find((region) => region === name) ?? null;
}

/** F6 and Shift+F6: the next visible pane. */
export function cycleRegions(step: 1 | -1): void {
  const current = currentRegion();
  const start = current === null ? (step === 1 ? -1 : REGIONS.length) : REGIONS.indexOf(current);
  for (let n = 1; n <= REGIONS.length; n += 1) {
    const region = REGIONS[(start + step * n + REGIONS.length * 2) % REGIONS.length];
    if (region && focusRegion(region)) return;
  }
}

/** Dialogs and menus give the focus back when they have faded out. */
const RESCUE_FRAMES = 30;

/** Gives the focus to the list, or what stands in its place, should it get lost because its row has gone (APP-303). */
export function rescueFocus(): void {
  let frames = RESCUE_FRAMES;
  const look = () => {
    if (document.activeElement === document.body) {
      if (!focusRegion('list')) focusRegion('reader');
    } else {
      frames -= 1;
      if (frames > 0) requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}
