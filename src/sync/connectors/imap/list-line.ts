/** One LIST, LSUB or XLIST response (RFC 9051 7.3.1). */
import { canonicalMailboxName, keyOfUtf8 } from './mailbox-name';
import type { ResponseLine } from './response-line';
import { tokenList, tokenText } from './tokens';

export interface ListedMailbox {
  readonly remoteKey: string;
  readonly delimiter: string | null;
  /** Lower case, with the backslash. */
  readonly attributes: ReadonlySet<string>;
}

/** Null for another response or a line without a name. */
export function readListLine(line: ResponseLine): ListedMailbox | null {
  if (line.name !== 'LIST' && line.name !== 'LSUB' && line.name !== 'XLIST') return null;
  const tokens = line.tokens();
  const delimiter = tokenText(tokens[1]);
  const written = tokenText(tokens[2]);
  if (written === null || written === '') return null;
  const name = line.namesInUtf8 ? keyOfUtf8(written) : written;
  const attributes = new Set(tokenList(tokens[0]).map((token) => (tokenText(token) ?? '').toLowerCase()));
  return { remoteKey: canonicalMailboxName(name, delimiter), delimiter: delimiter || null, attributes };
}

/** A container has no messages and no counts (SYNC-036). */
export function isSelectable(listed: ListedMailbox): boolean {
  return !listed.attributes.has('\\noselect') && !listed.attributes.has('\\nonexistent');
}
