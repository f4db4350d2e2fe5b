/** What a key means in the grid (ui.md section 8), before the registry's commands are asked. */
export type GridKey =
  | { readonly kind: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly kind: 'open' | 'open-window' | 'toggle' | 'back' | 'enter-controls' | 'leave-controls' }
  | { readonly kind: 'control'; readonly step: 1 | -1 };

interface KeyState {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface GridState {
  readonly focusIndex: number;
  readonly total: number;
  readonly pageRows: number;
  /** True when a control inside the row has the focus, not the row. */
  readonly inControl: boolean;
  readonly rtl: boolean;
}

/** Null = not a key of the grid. Movement is bounded: at the ends nothing happens. */
export function gridKey(event: KeyState, grid: GridState): GridKey | null {
  if (event.altKey || ((event.ctrlKey || event.metaKey) && event.key !== 'Home' && event.key !== 'End'))
    return null;
  const move = (to: number): GridKey => ({
    kind: 'move',
    to: Math.max(0, Math.min(grid.total - 1, to)),
    extend: event.shiftKey,
  });
  const inward = grid.rtl ? 'ArrowLeft' : 'ArrowRight';
  const outward = grid.rtl ? 'ArrowRight' : 'ArrowLeft';
  switch (event.key) {
    case 'ArrowDown':
      return move(grid.focusIndex + 1);
    case 'ArrowUp':
      return move(grid.focusIndex - 1);
    case 'PageDown':
      return move(grid.focusIndex + grid.pageRows);
    case 'PageUp':
      return move(grid.focusIndex - grid.pageRows);
    case 'Home':
      return move(0);
    case 'End':
      return move(grid.total - 1);
    case inward:
      return grid.inControl ? { kind: 'control', step: 1 } : { kind: 'enter-controls' };
    case outward:
      return grid.inControl ? { kind: 'control', step: -1 } : null;
    case 'Escape':
      return { kind: grid.inControl ? 'leave-controls' : 'back' };
    case 'Enter':
      return grid.inControl ? null : { kind: event.shiftKey ? 'open-window' : 'open' };
    case ' ':
      return grid.inControl ? null : { kind: 'toggle' };
    default:
      return null;
  }
}
