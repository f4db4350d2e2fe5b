/** STORE: one keyword set added, one removed; never a replacement, so a repetition is harmless (SYNC 7.3). */
import { SNOOZED } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { ok } from '../../../shared/outcome';
import { intersectRanges, rangesContain, rangesFromUids } from '../../../shared/uid-ranges';
import type { PushAction, PushItemResult, PushReport, RemoteMessage } from '../contract';
import { atom, uidSet } from './arguments';
import { inBatches } from './bisect';
import { fetchRows } from './fetch-rows';
import { isMark, keepsFlag, toFlag, toKeywords } from './keywords';
import { MAX_FLAGS_CHARS } from './limits';
import {
  batchesOf,
  doneItems,
  failedItems,
  goneItems,
  type PushRun,
  reportOf,
  selectForWrite,
} from './push-run';
import { searchUids } from './search-uids';
import type { CommandResult } from './session';

/** A server that said OK and did nothing is asked so often again (SYNC-135). */
const MAX_RESENT = 3;

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
  const change = { add, remove };
  const stored = await inBatches(
    present,
    async (_set, messages): Promise<CommandResult<PushItemResult[]>> => {
      const items = new Map<number, PushItemResult>(doneItems(messages).map((item) => [item.uid, item]));
      let left = messages;
      // The first time, and again for what the server said it did and did not do (SYNC-135).
      for (let time = 0; time <= MAX_RESENT && left.length > 0; time++) {
        const written = await store(run, left, change);
        if (!written.ok) return written;
        const looked = await readBack(run, left);
        if (!looked.ok) return looked;
        for (const [uid, flags] of looked.value)
          items.set(uid, {
            uid,
            result: 'done',
            newUid: null,
            newUidValidity: null,
            keywords: toKeywords(flags),
          });
        left = left.filter(({ uid }) => !isKept(looked.value.get(uid), change));
      }
      for (const item of failedItems(left, NOT_KEPT)) items.set(item.uid, item);
      return ok([...items.values()]);
    },
  );
  if (!stored.ok) return stored;
  const keepsLabels = keepsFlag(permanentFlags, '\\*');
  return ok({ ...reportOf([...stored.value, ...goneItems(gone)]), notKept, keepsLabels });
}

interface FlagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

async function store(
  run: PushRun,
  messages: readonly RemoteMessage[],
  { add, remove }: FlagChange,
): Promise<CommandResult<null>> {
  const changes = [
    ...inLines(add).map((flags) => ['+FLAGS.SILENT', flags] as const),
    ...inLines(remove).map((flags) => ['-FLAGS.SILENT', flags] as const),
  ];
  for (const { set } of batchesOf(messages)) {
    for (const [operation, flags] of changes) {
      const reply = await run.write('UID STORE', [uidSet(set), atom(operation), flags.map(atom)]);
      if (!reply.ok) return reply;
    }
  }
  return ok(null);
}

/** Flags by UID after the change, for what the server answers. */
async function readBack(
  run: PushRun,
  messages: readonly RemoteMessage[],
): Promise<CommandResult<ReadonlyMap<number, readonly string[]>>> {
  const found = new Map<number, readonly string[]>();
  const uids = rangesFromUids(messages.map(({ uid }) => uid));
  const reply = await fetchRows(run.session, uids, [atom('UID'), atom('FLAGS')], (row) => {
    if (row.flags) found.set(row.uid, row.flags);
  });
  // What was written was answered with OK: a server that does not let us look is believed.
  return reply.ok || reply.error.kind === 'refused' ? ok(found) : reply;
}

/** Flags are compared without case, as servers do (RFC 9051 2.3.2); undefined = it was not told. */
function isKept(flags: readonly string[] | undefined, { add, remove }: FlagChange): boolean {
  if (!flags) return true;
  const there = new Set(flags.map((flag) => flag.toLowerCase()));
  return (
    add.every((flag) => there.has(flag.toLowerCase())) &&
    !remove.some((flag) => there.has(flag.toLowerCase()))
  );
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

const NOT_KEPT: Failure = {
  kind: 'rejected',
  code: 'NOT-KEPT',
  message: 'The server did not keep it.',
  hint: 'Retry, or discard to leave it as it is on the server.',
};

function refusedMark(flag: string): Failure {
  return { kind: 'rejected', code: 'LABEL', message: `The server does not keep this mark: ${flag}.` };
}
