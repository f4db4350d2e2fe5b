/** STATUS of one mailbox (RFC 9051 6.3.11), alone or inside a listing (RFC 5819). */
import type { MailboxStatus } from '../../../shared/observation';
import { atom, mailbox, withUtf8Names } from './arguments';
import { protocolFailure } from './failure-translation';
import { canonicalMailboxName, keyOfUtf8 } from './mailbox-name';
import type { ResponseLine } from './response-line';
import type { CommandOptions, CommandResult, ImapSession } from './session';
import { type Token, tokenDigits, tokenList, tokenNumber, tokenText } from './tokens';
import type { Argument } from './wire';

export interface StatusLine {
  readonly remoteKey: string;
  readonly status: MailboxStatus | null;
  readonly mailboxId: string | null;
}

/** What is asked for: only what the server offers (SYNC-030, SYNC-033). */
export function statusItems(session: ImapSession): Argument[] {
  return itemNames(session).map(atom);
}

/** The same command as a line to be sent ahead of another; null when the name cannot be quoted. */
export function statusLine(session: ImapSession, remoteKey: string): string | null {
  const [name] = session.namesInUtf8 ? withUtf8Names([mailbox(remoteKey)]) : [mailbox(remoteKey)];
  if (!name || !('type' in name) || name.type !== 'STRING') return null;
  return `STATUS "${name.value.replace(/["\\]/g, '\\$&')}" (${itemNames(session).join(' ')})`;
}

function itemNames(session: ImapSession): string[] {
  const items = ['MESSAGES', 'UNSEEN', 'UIDNEXT', 'UIDVALIDITY'];
  if (session.capabilities.condstore) items.push('HIGHESTMODSEQ');
  if (session.advertised.has('OBJECTID')) items.push('MAILBOXID');
  if (session.advertised.has('STATUS=SIZE')) items.push('SIZE');
  return items;
}

/** Null for another response. A status without UIDVALIDITY or UIDNEXT is no status: nothing can be synced by it. */
export function readStatusLine(line: ResponseLine): StatusLine | null {
  if (line.name !== 'STATUS') return null;
  const tokens = line.tokens();
  const name = tokenText(tokens[0]);
  if (name === null) return null;
  const remoteKey = line.namesInUtf8 ? keyOfUtf8(name) : name;
  const values = tokenList(tokens[1]);
  const found = new Map<string, (typeof values)[number]>();
  for (let at = 0; at + 1 < values.length; at += 2) {
    found.set((tokenText(values[at]) ?? '').toUpperCase(), values[at + 1] ?? null);
  }
  const uidValidity = tokenDigits(found.get('UIDVALIDITY'));
  const uidNext = tokenNumber(found.get('UIDNEXT'));
  const modseq = tokenDigits(found.get('HIGHESTMODSEQ'));
  const size = tokenNumber(found.get('SIZE'));
  return {
    remoteKey,
    mailboxId: readObjectId(found.get('MAILBOXID')),
    status:
      uidValidity === null || uidNext === null
        ? null
        : {
            messages: tokenNumber(found.get('MESSAGES')) ?? 0,
            unseen: tokenNumber(found.get('UNSEEN')) ?? 0,
            uidNext,
            uidValidity,
            // 0 is how servers say that a mailbox keeps none (RFC 7162 3.1.2.2).
            highestModseq: modseq === '0' ? null : modseq,
            ...(size === null ? {} : { size }),
          },
  };
}

/** Null where it is no id by RFC 8474 7: Cyrus 3.6 puts bytes of its memory into a STATUS, and those change every time. */
function readObjectId(token: Token | undefined): string | null {
  const id = tokenText(tokenList(token)[0]);
  return id !== null && /^[\w-]{1,255}$/.test(id) ? id : null;
}

/** STATUS of one mailbox, never of the selected one: that is left, or asked in another way where it cannot be left. */
export async function fetchStatus(
  session: ImapSession,
  remoteKey: string,
  options: Pick<CommandOptions, 'ahead' | 'onLine'> = {},
): Promise<CommandResult<StatusLine>> {
  if (session.selected?.remoteKey === remoteKey) {
    if (!session.canUnselect) return await countSelected(session, remoteKey);
    const left = await session.unselect();
    if (!left.ok) return left;
  }
  let found: StatusLine | null = null;
  const reply = await session.command('STATUS', [mailbox(remoteKey), statusItems(session)], {
    ...options,
    onLine: (line) => {
      options.onLine?.(line);
      const read = readStatusLine(line);
      const isOurs =
        !options.ahead?.length || canonicalMailboxName(read?.remoteKey ?? '', null) === remoteKey;
      if (isOurs) found = read ?? found;
    },
  });
  if (!reply.ok) return reply;
  const line = found as StatusLine | null;
  if (line) return { ok: true, value: line };
  return { ok: false, error: { kind: 'refused', status: reply.value, failure: protocolFailure() } };
}

/** The numbers of STATUS by EXAMINE and SEARCH. */
async function countSelected(session: ImapSession, remoteKey: string): Promise<CommandResult<StatusLine>> {
  const selected = await session.select(remoteKey, false);
  if (!selected.ok) return selected;
  const { exists, uidNext, uidValidity, highestModseq } = selected.value;
  let unseen = 0;
  const reply = await session.command('UID SEARCH', [atom('UNSEEN')], {
    onLine: (line) => {
      if (line.name === 'SEARCH') unseen += line.tokens().length;
    },
  });
  if (!reply.ok) return reply;
  const isCounted = uidNext !== null && uidValidity !== null;
  const status = isCounted ? { messages: exists, unseen, uidNext, uidValidity, highestModseq } : null;
  return { ok: true, value: { remoteKey, mailboxId: null, status } };
}
