/** IMAP flags and JMAP keywords (RFC 8621 4.1.1): two spellings of the same marks (SYNC-092). */
import { ANSWERED, DELETED, DRAFT, FLAGGED, type Keyword, SEEN } from '../../../shared/domain';
import { MAX_FLAGS } from './limits';

const SYSTEM: Readonly<Record<string, Keyword>> = {
  '\\seen': SEEN,
  '\\flagged': FLAGGED,
  '\\answered': ANSWERED,
  '\\draft': DRAFT,
  '\\deleted': DELETED,
};
const SYSTEM_FLAGS: Readonly<Record<Keyword, string>> = {
  [SEEN]: '\\Seen',
  [FLAGGED]: '\\Flagged',
  [ANSWERED]: '\\Answered',
  [DRAFT]: '\\Draft',
  [DELETED]: '\\Deleted',
};

/**
 * Flags of one message as sorted keywords. `\Recent` says something about sessions, not about the message, and other
 * unknown system flags have no keyword: both are left out.
 */
export function toKeywords(flags: readonly string[]): Keyword[] {
  if (flags.length === 0) return [];
  const keywords = new Set<Keyword>();
  for (const flag of flags.slice(0, MAX_FLAGS)) {
    const name = flag.toLowerCase();
    const system = SYSTEM[name];
    if (system) keywords.add(system);
    else if (!flag.startsWith('\\') && flag !== '') keywords.add(name);
  }
  return [...keywords].sort();
}

/** Whether a keyword, or the flag it is sent as, is a mark every server knows and no label of anybody's making. */
export function isMark(keyword: Keyword): boolean {
  return keyword.startsWith('\\') || SYSTEM_FLAGS[keyword] !== undefined;
}

/** The flag to send for a keyword. */
export function toFlag(keyword: Keyword): string {
  return SYSTEM_FLAGS[keyword] ?? keyword;
}

/**
 * Whether the mailbox keeps the flag for good. Null PERMANENTFLAGS means that the server did not say, which RFC 9051
 * section 7.1 defines as "all flags of the mailbox".
 */
export function keepsFlag(permanentFlags: readonly string[] | null, flag: string): boolean {
  if (!permanentFlags) return true;
  const wanted = flag.toLowerCase();
  return permanentFlags.some(
    (kept) => kept.toLowerCase() === wanted || (kept === '\\*' && !flag.startsWith('\\')),
  );
}
