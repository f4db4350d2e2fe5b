import { useEffect, useLayoutEffect, useRef } from 'react';
import type { CommandId } from './catalogue';

interface Handler {
  run(): void;
  /** Whether it can run now; absent = always. */
  when?(): boolean;
}

const handlers = new Map<CommandId, Handler[]>();
/** Asked for before the part of the screen stood that can do it. */
let awaited: CommandId | null = null;

/**
 * Gives a command of the catalogue its action; the newest registration that can run wins. Palette, shortcuts, sheet
 * and menus all run commands through here (UI-094). Returns the function that takes it back.
 */
export function registerCommand(id: CommandId, run: () => void, when?: () => boolean): () => void {
  const handler: Handler = when ? { run, when } : { run };
  handlers.set(id, [handler, ...(handlers.get(id) ?? [])]);
  if (awaited === id) {
    awaited = null;
    runCommand(id);
  }
  return () => {
    handlers.set(
      id,
      (handlers.get(id) ?? []).filter((other) => other !== handler),
    );
  };
}

function active(id: CommandId): Handler | undefined {
  return handlers.get(id)?.find(({ when }) => when?.() ?? true);
}

export function canRun(id: CommandId): boolean {
  return active(id) !== undefined;
}

/** Runs the command; false when nothing can do it now. */
export function runCommand(id: CommandId): boolean {
  const handler = active(id);
  handler?.run();
  return handler !== undefined;
}

/**
 * Runs a command that menu or tray ask for. A window that only comes up for it does it once the screen stands; what can
 * be done there but not now is not done later.
 */
export function runWhenKnown(id: CommandId): void {
  if (handlers.get(id)?.length) runCommand(id);
  else awaited = id;
}

/** Registers the action while the component is mounted; the newest `run` and `when` are used. */
export function useCommand(id: CommandId, run: () => void, when?: () => boolean): void {
  const latest = useRef({ run, when });
  // With the screen, not after it: a key pressed right away means what is shown.
  useLayoutEffect(() => {
    latest.current = { run, when };
  });
  useEffect(
    () =>
      registerCommand(
        id,
        () => latest.current.run(),
        () => latest.current.when?.() ?? true,
      ),
    [id],
  );
}
