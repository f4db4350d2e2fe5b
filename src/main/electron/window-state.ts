import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
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

/** Where a window is, to be remembered; null while that says nothing. */
export function stateOf(
  window: Pick<BrowserWindow, 'isMinimized' | 'isFullScreen' | 'getNormalBounds' | 'isMaximized'>,
): WindowState | null {
  if (window.isMinimized() || window.isFullScreen()) return null;
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
}

/** Bounds for a new window: as saved when that is still on a screen, else a good size on the first one. */
export function placeWindow(
  saved: WindowState | null,
  screens: readonly Rectangle[],
  size: typeof FIRST = FIRST,
): Partial<Rectangle> & typeof FIRST {
  const [first] = screens;
  if (saved !== null && screens.some((screen) => reaches(saved.bounds, screen))) return saved.bounds;
  if (first === undefined) return size;
  return { width: Math.min(size.width, first.width), height: Math.min(size.height, first.height) };
}

function reaches(bounds: Rectangle, screen: Rectangle): boolean {
  const overlap = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  const onTop = bounds.y >= screen.y && bounds.y < screen.y + screen.height - REACHABLE;
  return overlap >= REACHABLE && onTop;
}
