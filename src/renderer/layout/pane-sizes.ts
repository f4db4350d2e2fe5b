/** Widths of the two movable panes in CSS px (ui.md section 2). */
export interface PaneSizes {
  readonly sidebar: number;
  readonly list: number;
}

export const DEFAULT_PANES: PaneSizes = { sidebar: 240, list: 400 };
/** One arrow key on a splitter (UI-001). */
export const SPLITTER_STEP_PX = 16;
const LIMITS = { sidebar: { min: 200, max: 320 }, list: { min: 300, max: 560 } } as const;
const MIN_READER_PX = 420;
/** The side bar as icons; the same number as `--rail-width`. */
const RAIL_PX = 56;

export interface PaneRange {
  readonly min: number;
  readonly max: number;
}

/**
 * How far a splitter may go in a window whose panes share `available` px; the reader keeps its 420.
 * @param rail true where the side bar is no pane but a rail (UI-002)
 */
export function paneRange(
  pane: keyof PaneSizes,
  sizes: PaneSizes,
  available: number,
  rail = false,
): PaneRange {
  const { min, max } = LIMITS[pane];
  const sidebar = rail ? RAIL_PX : sizes.sidebar;
  const other = pane === 'sidebar' ? sizes.list : sidebar;
  return { min, max: Math.max(min, Math.min(max, available - other - MIN_READER_PX)) };
}

/** Stored widths as they fit now: the list gives way first, then the side bar; stored values stay as they are. */
export function fitPanes(stored: PaneSizes, available: number, rail = false): PaneSizes {
  const sidebar = clamp(stored.sidebar, LIMITS.sidebar);
  const list = clamp(stored.list, paneRange('list', { sidebar, list: stored.list }, available, rail));
  return { sidebar: clamp(sidebar, paneRange('sidebar', { sidebar, list }, available)), list };
}

export function clamp(value: number, range: PaneRange): number {
  return Math.round(Math.max(range.min, Math.min(range.max, value)));
}
