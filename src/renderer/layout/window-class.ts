/** How many panes fit (UI-002), from the window's width in CSS px. */
export type WindowClass = 'wide' | 'medium' | 'narrow' | 'phone';

export const WINDOW_CLASSES: readonly { readonly name: WindowClass; readonly minWidth: number }[] = [
  { name: 'wide', minWidth: 1200 },
  { name: 'medium', minWidth: 900 },
  { name: 'narrow', minWidth: 600 },
  { name: 'phone', minWidth: 0 },
];

export function windowClass(width: number): WindowClass {
  return WINDOW_CLASSES.find((candidate) => width >= candidate.minWidth)?.name ?? 'phone';
}

/** True when list and reader stand side by side; otherwise one replaces the other. */
export function sideBySide(name: WindowClass): boolean {
  return name === 'wide' || name === 'medium';
}
