/** COPYUID (RFC 4315 section 3): which UID each message has in the destination. */
import type { ServerStatus } from './response-line';
import { tokenDigits, tokenText } from './tokens';
import { listUidSet } from './uid-set';

export interface CopyUid {
  readonly uidValidity: string;
  /** Old UID to new UID. */
  readonly newUids: ReadonlyMap<number, number>;
}

/** Null when there is none or the two sets do not pair up: then the new UIDs are unknown, not wrong. */
export function readCopyUid(status: ServerStatus, most: number): CopyUid | null {
  if (status.code !== 'COPYUID') return null;
  const [validity, source, destination] = status.codeArguments;
  const uidValidity = tokenDigits(validity);
  const from = listUidSet(tokenText(source) ?? '', most);
  const to = listUidSet(tokenText(destination) ?? '', most);
  if (uidValidity === null || !from || !to || from.length !== to.length) return null;
  return { uidValidity, newUids: new Map(from.map((uid, at) => [uid, to[at] ?? 0])) };
}
