import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { parseChangeId } from '../lookup';

/** CLI-032: takes back everything that was done with the same stroke. */
export const undo: Command = {
  name: 'undo',
  summary: 'Take a change back',
  words: 'CHANGE-ID',
  least: 1,
  most: 1,
  flags: [],
  example: 'homeport undo 17',
  run: async (args, context) => {
    const changeId = parseChangeId(args.words[0] ?? '');
    if (!changeId.ok) return changeId;
    const session = await context.open('store');
    if (!session.ok) return session;
    const undone = await session.value.call('mutations.undoChange', { changeId: changeId.value });
    if (!undone.ok) return undone;
    const { restored, skipped } = undone.value;
    return ok({ kind: 'data', json: undone.value, text: `Restored ${restored}, left ${skipped} alone.` });
  },
};
