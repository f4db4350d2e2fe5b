import type { Settings } from '../../shared/contract/settings';

export type Density = Settings['density'];

/** Heights of a row in px (ui.md section 3); the same numbers as `--row-height`. A table is always one line high. */
export const ROW_PX: Record<Density, number> = { compact: 32, normal: 48, relaxed: 72 };
export const TABLE_ROW_PX = 32;
