/** What SELECT and EXAMINE said about a mailbox (RFC 9051 7.1, RFC 7162 3.1.2). */
import type { UidRange } from '../../../shared/observation';
import { unionRanges } from '../../../shared/uid-ranges';
import { MAX_UID } from './limits';
import type { ResponseLine } from './response-line';
import { type Token, tokenDigits, tokenList, tokenNumber, tokenText } from './tokens';

export interface SelectedMailbox {
  readonly remoteKey: string;
  writable: boolean;
  uidValidity: string | null;
  /** Null where an old server does not say. */
  uidNext: number | null;
  /** Messages below this UID, where they exist, are known to this session. */
  seenBelow: number;
  exists: number;
  /** Value of the SELECT itself, never of a FETCH (SYNC-075); null with NOMODSEQ or without CONDSTORE. */
  highestModseq: string | null;
  permanentFlags: readonly string[] | null;
  /** Words for flags it knows; with too many of them it is not opened (SYNC-130). */
  keywordCount: number;
  /** UIDs the server said are gone since the SELECT, from any response (SYNC-074). */
  readonly vanished: UidRange[];
}

export function selectedMailbox(remoteKey: string, writable: boolean): SelectedMailbox {
  return {
    remoteKey,
    writable,
    uidValidity: null,
    uidNext: null,
    seenBelow: 0,
    exists: 0,
    highestModseq: null,
    permanentFlags: null,
    keywordCount: 0,
    vanished: [],
  };
}

/** What the server said is gone since it was asked for the last time: it belongs to the next batch (SYNC-074). */
export function takeVanished(selected: SelectedMailbox): UidRange[] {
  return unionRanges(selected.vanished.splice(0), []);
}

/** Takes over what one untagged response of the SELECT says. */
export function applySelectLine(selected: SelectedMailbox, line: ResponseLine): void {
  if (line.name === 'EXISTS') {
    selected.exists = line.number ?? 0;
    return;
  }
  if (line.name === 'FLAGS') countKeywords(selected, line.tokens()[0]);
  if (line.name !== 'OK') return;
  const { code, codeArguments } = line.status();
  const argument = codeArguments[0];
  switch (code) {
    case 'UIDVALIDITY':
      selected.uidValidity = tokenDigits(argument);
      break;
    case 'UIDNEXT': {
      const uidNext = tokenNumber(argument);
      selected.uidNext = uidNext !== null && uidNext >= 1 && uidNext <= MAX_UID + 1 ? uidNext : null;
      selected.seenBelow = selected.uidNext ?? 0;
      break;
    }
    case 'HIGHESTMODSEQ':
      selected.highestModseq = tokenDigits(argument);
      break;
    case 'NOMODSEQ':
      selected.highestModseq = null;
      break;
    case 'PERMANENTFLAGS':
      countKeywords(selected, argument);
      selected.permanentFlags = tokenList(argument).flatMap((flag) => tokenText(flag) ?? []);
      break;
    default:
      break;
  }
}

function countKeywords(selected: SelectedMailbox, flags: Token | undefined): void {
  const words = tokenList(flags).filter((flag) => !(tokenText(flag) ?? '').startsWith('\\'));
  selected.keywordCount = Math.max(selected.keywordCount, words.length);
}
