import type { MenuPoint } from './context-menu';

/**
 * Where a menu belongs that was asked for by key or command: where the menu is that asked for it, else below the button
 * or line that has the focus, else below the row Tab would reach, else in the middle of the window.
 */
export function menuPoint(): MenuPoint {
  const active = document.activeElement;
  const menu = active?.closest('[role=menu]');
  if (menu) {
    const { left, top } = menu.getBoundingClientRect();
    return { x: left, y: top };
  }
  const button = active?.closest('button');
  if (button) {
    const { left, bottom } = button.getBoundingClientRect();
    return { x: left, y: bottom };
  }
  const row =
    active?.closest('[role=row], [role=treeitem]') ?? document.querySelector('[role=row][tabindex="0"]');
  if (!row) return { x: innerWidth / 2, y: innerHeight / 2 };
  const { left, width, bottom } = row.getBoundingClientRect();
  return { x: left + width / 2, y: bottom };
}
