import { beginsWithCharacter, COMMAND_IDS, type CommandId, type KeyPreset, presetKeys } from './key-map';

/** What a person chose about keys (APP-252). */
export interface KeyChoice {
  readonly keyPreset: KeyPreset;
  /** A person's own keys by command; they stand in the place of the preset's. */
  readonly keyBindings: Readonly<Record<string, readonly string[]>>;
  readonly singleKeyShortcuts: boolean;
}

export type KeysInForce = ReadonlyMap<CommandId, readonly string[]>;

/** True when both cannot be told apart: the same keys, or one begins the other. */
export function clash(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

/** The keys of a preset as a keyboard has them. */
export function presetOn(preset: KeyPreset, apple: boolean): KeysInForce {
  return new Map(
    COMMAND_IDS.map((id) => [
      id,
      presetKeys(preset, id).flatMap((written) => onThisKeyboard(written, apple) ?? []),
    ]),
  );
}

/**
 * The keys of every command as they act now. No two commands share any: own keys come before the preset's, so that what
 * a person took from another command stays taken when the preset changes.
 */
export function keysInForce(choice: KeyChoice, apple: boolean): KeysInForce {
  const preset = presetOn(choice.keyPreset, apple);
  const taken: string[] = [];
  const take = (keys: readonly string[]): readonly string[] => {
    const free = keys
      .filter((each) => choice.singleKeyShortcuts || !beginsWithCharacter(each))
      .filter((each) => !taken.some((other) => clash(each, other)));
    taken.push(...free);
    return free;
  };
  const own = (id: CommandId) => (Object.hasOwn(choice.keyBindings, id) ? choice.keyBindings[id] : undefined);
  const mine = new Map(
    COMMAND_IDS.flatMap((id) => {
      const keys = own(id);
      return keys === undefined ? [] : [[id, take(keys)] as const];
    }),
  );
  return new Map(COMMAND_IDS.map((id) => [id, mine.get(id) ?? take(preset.get(id) ?? [])]));
}

/** The commands that would lose a key if this one were given to `id`. */
export function losers(inForce: KeysInForce, id: CommandId, keys: string): readonly CommandId[] {
  return [...inForce].flatMap(([other, theirs]) =>
    other !== id && theirs.some((each) => clash(each, keys)) ? [other] : [],
  );
}

/** A person's own keys after `id` has got exactly `keys`; what others had of them of their own, they have no more. */
export function rebind(
  bindings: KeyChoice['keyBindings'],
  id: CommandId,
  keys: readonly string[],
): Record<string, readonly string[]> {
  const others = Object.entries(bindings).map(([other, theirs]) => [
    other,
    theirs.filter((each) => !keys.some((key) => clash(each, key))),
  ]);
  return { ...Object.fromEntries(others), [id]: keys };
}

/** Where there is no Cmd, Mod is Control already: Mod+Ctrl takes Alt instead. What a keyboard cannot say is left out. */
function onThisKeyboard(written: string, apple: boolean): string | null {
  if (!apple) return written.replaceAll('Mod+Ctrl+', 'Mod+Alt+').replace(/(^| )Ctrl\+/g, '$1Mod+');
  // Option alone types characters there.
  return /(^| )Alt\+.$/u.test(written) ? null : written;
}
