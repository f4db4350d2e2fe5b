import { GestureId } from '../../../shared/domain';
import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { parseChangeId } from '../lookup';

/** Names what left no change in the queue (see mutate). */
const GESTURE = /^[0-9a-f]{32}$/;

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
    const word = args.words[0] ?? '';
    const changeId = GESTURE.test(word) ? ok(null) : parseChangeId(word);
    if (!changeId.ok) return changeId;
    const session = await context.open('store');
    if (!session.ok) return session;
    const { call } = session.value;
    const undone =
      changeId.value === null
        ? await call('mutations.undo', { gestureId: GestureId.parse(word) })
        : await call('mutations.undoChange', { changeId: changeId.value });
    if (!undone.ok) return undone;
    const { restored, skipped } = undone.value;
    return ok({ kind: 'data', json: undone.value, text: `Restored ${restored}, left ${skipped} alone.` });
  },
};
