/** STORE: one keyword set added, one removed; never a replacement, so a repetition is harmless (SYNC 7.3). */
import { SNOOZED } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { ok } from '../../../shared/outcome';
import { intersectRanges, rangesContain, rangesFromUids } from '../../../shared/uid-ranges';
import type { PushAction, PushItemResult, PushReport } from '../contract';
import { atom, uidSet } from './arguments';
import { inBatches } from './bisect';
import { isMark, keepsFlag, toFlag } from './keywords';
import { MAX_FLAGS_CHARS } from './limits';
import { doneItems, failedItems, goneItems, type PushRun, reportOf, selectForWrite } from './push-run';
import { searchUids } from './search-uids';
import type { CommandResult } from './session';

type KeywordsAction = Extract<PushAction, { kind: 'keywords' }>;

export async function pushKeywords(run: PushRun, action: KeywordsAction): Promise<CommandResult<PushReport>> {
  const selected = await selectForWrite(run.session, action.remoteKey, action.messages);
  if (!selected.ok) return selected;
  const { permanentFlags } = selected.value;
  // What only helps other clients is left out where the mailbox does not keep it.
  const wanted = action.add.filter((keyword) => keyword !== SNOOZED || keepsFlag(permanentFlags, SNOOZED));
  // Labels stay on this computer where the mailbox keeps none (SYNC-092); marks of the system are no labels.
  const notKept = wanted.filter((keyword) => !isMark(keyword) && !keepsFlag(permanentFlags, keyword));
  const add = wanted.filter((keyword) => !notKept.includes(keyword)).map(toFlag);
  const remove = action.remove.map(toFlag).filter((flag) => isMark(flag) || keepsFlag(permanentFlags, flag));
  const forgotten = add.find((flag) => !keepsFlag(permanentFlags, flag));
  if (forgotten !== undefined) return ok(reportOf(failedItems(action.messages, refusedMark(forgotten))));

  // STORE says OK for UIDs that do not exist, so existence is asked first.
  const uids = rangesFromUids(action.messages.map(({ uid }) => uid));
  const found = await searchUids(run.session, uids[0]?.[0] ?? 1, uids.at(-1)?.[1] ?? 0);
  if (!found.ok) return found;
  const existing = intersectRanges(found.value, uids);
  const present = action.messages.filter(({ uid }) => rangesContain(existing, uid));
  const gone = action.messages.filter(({ uid }) => !rangesContain(existing, uid));
  const stored = await inBatches(present, async (set, messages): Promise<CommandResult<PushItemResult[]>> => {
    const changes = [
      ...inLines(add).map((flags) => ['+FLAGS.SILENT', flags] as const),
      ...inLines(remove).map((flags) => ['-FLAGS.SILENT', flags] as const),
    ];
    for (const [operation, flags] of changes) {
      const reply = await run.write('UID STORE', [uidSet(set), atom(operation), flags.map(atom)]);
      if (!reply.ok) return reply;
    }
    return ok(doneItems(messages));
  });
  if (!stored.ok) return stored;
  const keepsLabels = keepsFlag(permanentFlags, '\\*');
  return ok({ ...reportOf([...stored.value, ...goneItems(gone)]), notKept, keepsLabels });
}

/** Flags that together fit one command line (SYNC-047). */
function inLines(flags: readonly string[]): string[][] {
  const lines: string[][] = [];
  let room = 0;
  for (const flag of flags) {
    room -= flag.length + 1;
    if (room < 0) {
      lines.push([]);
      room = MAX_FLAGS_CHARS - flag.length - 1;
    }
    lines.at(-1)?.push(flag);
  }
  return lines;
}

function refusedMark(flag: string): Failure {
  return { kind: 'rejected', code: 'LABEL', message: `The server does not keep this mark: ${flag}.` };
}
