import type { Settings } from '../../shared/contract/settings';
import { sideBySide, type WindowClass } from '../layout/window-class';

export type Density = Settings['density'];

/** Heights of a row in px (ui.md section 3); the same numbers as `--row-height`. A table is always one line high. */
const ROW_PX: Record<Density, number> = { compact: 32, normal: 48, relaxed: 72 };
const TABLE_ROW_PX = 32;
/** Where fingers press, no row is lower (UI-071). */
const FINGER_PX = 40;

export function rowHeight(density: Density, isTable: boolean, window: WindowClass): number {
  const px = isTable ? TABLE_ROW_PX : ROW_PX[density];
  return sideBySide(window) ? px : Math.max(FINGER_PX, px);
}
