/** UID SEARCH by a person's words (RFC 9051 section 6.4.4, SYNC-374). */
import type { UidRange } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { rangesContain, rangesFromUids } from '../../../shared/uid-ranges';
import type { Workbench } from '../../ports/workbench';
import type { ServerSearch, ServerSearchReport } from '../contract';
import { atom } from './arguments';
import { fetchWindow } from './fetch-window';
import { searchCriteria } from './search-criteria';
import { readSearchLine } from './search-uids';
import type { ImapSession } from './session';

/** Hits of one mailbox that are told of, the newest; more are no answer to a question. */
const MAX_HITS = 500;
/** Of these, hits whose headers are loaded because nobody has them yet. */
const MAX_LOADED = 200;

export async function searchMailbox(
  session: ImapSession,
  { remoteKey, query, nowMs, knownUids }: ServerSearch,
  workbench: Workbench,
): Promise<Outcome<ServerSearchReport>> {
  const { args, untranslated } = searchCriteria(query, nowMs, session.namesInUtf8);
  const selected = await session.select(remoteKey, false);
  if (!selected.ok) return fail(selected.error.failure);
  const uidValidity = selected.value.uidValidity ?? '';
  if (args.length === 0) return ok({ uidValidity, uids: [], added: [], untranslated });
  const found: UidRange[] = [];
  const returned = session.capabilities.esearch ? [atom('RETURN'), [atom('ALL')]] : [];
  const reply = await session.command('UID SEARCH', [...returned, ...args], {
    onLine: (line) => {
      for (const range of readSearchLine(line)) found.push(range);
    },
  });
  if (!reply.ok) return fail(reply.error.failure);
  const uids = newest(found, MAX_HITS);
  const unknown = uids.filter((uid) => !rangesContain(knownUids, uid)).slice(0, MAX_LOADED);
  if (unknown.length === 0) return ok({ uidValidity, uids, added: [], untranslated });
  const loaded = await fetchWindow(session, rangesFromUids(unknown), workbench);
  if (!loaded.ok) return fail(loaded.error.failure);
  return ok({ uidValidity, uids, added: loaded.value, untranslated });
}

/** The highest UIDs, descending; ranges may name millions. */
function newest(ranges: readonly UidRange[], most: number): number[] {
  const uids: number[] = [];
  for (const [first, last] of ranges.toSorted((a, b) => b[1] - a[1]))
    for (let uid = last; uid >= first && uids.length < most; uid--) uids.push(uid);
  return [...new Set(uids)];
}
