import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PRIVATE_FILE } from '../profile/private-files';

const Rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(100), height: z.int().min(100) });
export type Rectangle = z.infer<typeof Rectangle>;
const WindowState = z.object({ bounds: Rectangle, maximized: z.boolean() });
export type WindowState = z.infer<typeof WindowState>;

const FIRST = { width: 1280, height: 820 };
/** Pixels of the title bar that must be reachable, else the window is put back in the middle. */
const REACHABLE = 100;

/** Where the window was, or null. */
export async function readWindowState(path: string): Promise<WindowState | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return WindowState.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** At once, because the last call comes while the app is quitting; a few bytes do not hold anything up. */
export function writeWindowState(path: string, state: WindowState): void {
  const draft = `${path}.new`;
  writeFileSync(draft, JSON.stringify(state), { mode: PRIVATE_FILE });
  renameSync(draft, path);
}

/** Bounds for a new window: as saved when that is still on a screen, else a good size on the first one. */
export function placeWindow(
  saved: WindowState | null,
  screens: readonly Rectangle[],
): Partial<Rectangle> & typeof FIRST {
  const [first] = screens;
  if (saved !== null && screens.some((screen) => reaches(saved.bounds, screen))) return saved.bounds;
  if (first === undefined) return FIRST;
  return { width: Math.min(FIRST.width, first.width), height: Math.min(FIRST.height, first.height) };
}

function reaches(bounds: Rectangle, screen: Rectangle): boolean {
  const overlap = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  const onTop = bounds.y >= screen.y && bounds.y < screen.y + screen.height - REACHABLE;
  return overlap >= REACHABLE && onTop;
}
