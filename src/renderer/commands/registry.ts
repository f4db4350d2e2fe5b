import { useEffect, useLayoutEffect, useRef } from 'react';
import { commandTitles, commandVariants } from '../../shared/keyboard/command-titles';
import type { CommandId } from './catalogue';
import type { CommandTarget } from './target';

type VariantOf<Id extends CommandId> = Id extends keyof typeof commandVariants
  ? keyof (typeof commandVariants)[Id]
  : never;

/** What a command does with what it acts on. */
interface Action<Subject, Variant> {
  run(subject: Subject): void;
  /** Whether it can; absent = always. */
  can?(subject: Subject): boolean;
  /** Which of its other titles fits; null = its own. */
  variant?(subject: Subject): Variant | null;
}

type Actions<Subject> = { readonly [Id in CommandId]?: Action<Subject, VariantOf<Id>> };
type SubjectOf<Subject> = (target: CommandTarget | undefined) => Subject | null;

/** A command that can run now, with what it acts on. */
interface ReadyCommand {
  readonly title: string;
  run(): void;
}

/** Null = not now, or not on this target. */
type Handler = (target: CommandTarget | undefined) => ReadyCommand | null;

const handlers = new Map<CommandId, Handler[]>();
/** Asked for before the part of the screen stood that can do it. */
let awaited: CommandId | null = null;

function register(id: CommandId, handler: Handler): () => void {
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

/**
 * Gives a command of the catalogue its action; the newest registration that can run wins. Palette, shortcuts, sheet,
 * toolbars and menus all run commands through here (UI-094). Returns the function that takes it back.
 */
export function registerCommand(id: CommandId, run: () => void, when?: () => boolean): () => void {
  const title = commandTitles[id];
  return register(id, (target) => (target === undefined && (when?.() ?? true) ? { title, run } : null));
}

/**
 * Gives commands that act on something their actions; the commands are those of the first answer of `newest`. Returns the
 * function that takes them back.
 */
export function registerCommandsOn<Subject>(
  newest: () => { readonly subjectOf: SubjectOf<Subject>; readonly actions: Actions<Subject> },
): () => void {
  const ready = (id: CommandId, target: CommandTarget | undefined): ReadyCommand | null => {
    const { subjectOf, actions } = newest();
    const action: Action<Subject, string> | undefined = actions[id];
    const subject = subjectOf(target);
    if (!action || subject === null || !(action.can?.(subject) ?? true)) return null;
    return { title: titleOf(id, action.variant?.(subject)), run: () => action.run(subject) };
  };
  const ids = Object.keys(newest().actions) as CommandId[];
  const ends = ids.map((id) => register(id, (target) => ready(id, target)));
  return () => {
    for (const end of ends) end();
  };
}

/** The command as it would run now, on the target or on what has the focus; null = it cannot. */
export function readyCommand(id: CommandId, target?: CommandTarget): ReadyCommand | null {
  for (const handler of handlers.get(id) ?? []) {
    const ready = handler(target);
    if (ready) return ready;
  }
  return null;
}

export function canRun(id: CommandId, target?: CommandTarget): boolean {
  return readyCommand(id, target) !== null;
}

/** Runs the command, on the target or on what has the focus; false when nothing can do it now. */
export function runCommand(id: CommandId, target?: CommandTarget): boolean {
  const ready = readyCommand(id, target);
  ready?.run();
  return ready !== null;
}

/**
 * Runs a command that menu or tray ask for. A window that only comes up for it does it once the screen stands; what can
 * be done there but not now is not done later.
 */
export function runWhenKnown(id: CommandId): void {
  if (handlers.get(id)?.length) runCommand(id);
  else awaited = id;
}

/** Registers the action while the component is mounted; the newest `run` and `when` are used. It takes no target. */
export function useCommand(id: CommandId, run: () => void, when?: () => boolean): void {
  const latest = useNewest({ run, when });
  useEffect(
    () =>
      registerCommand(
        id,
        () => latest.current.run(),
        () => latest.current.when?.() ?? true,
      ),
    [id, latest],
  );
}

/**
 * Registers commands that act on something, while the component is mounted; the newest functions are used.
 * @param subjectOf what the target names, or without a target what is meant now; null = nothing of this kind
 */
export function useCommandsOn<Subject>(subjectOf: SubjectOf<Subject>, actions: Actions<Subject>): void {
  const latest = useNewest({ subjectOf, actions });
  useEffect(() => registerCommandsOn(() => latest.current), [latest]);
}

function titleOf(id: CommandId, variant: string | null | undefined): string {
  const variants: Readonly<Partial<Record<CommandId, Readonly<Record<string, string>>>>> = commandVariants;
  return (variant && variants[id]?.[variant]) || commandTitles[id];
}

/** With the screen, not after it: a key pressed right away means what is shown. */
function useNewest<T>(value: T): { readonly current: T } {
  const newest = useRef(value);
  useLayoutEffect(() => {
    newest.current = value;
  });
  return newest;
}
