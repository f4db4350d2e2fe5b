/** GETQUOTAROOT (RFC 9208 section 4.1.2): how full the quota roots of INBOX are. */
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { QuotaResource } from '../contract';
import { mailbox } from './arguments';
import type { ResponseLine } from './response-line';
import type { ImapSession } from './session';
import { tokenList, tokenNumber, tokenText } from './tokens';

/** STORAGE is counted in units of 1,024 bytes. */
const STORAGE_UNIT = 1024;
const KINDS: Readonly<Record<string, QuotaResource['kind']>> = {
  STORAGE: 'storage',
  MESSAGE: 'messages',
};

/** Empty where the server keeps none or does not say; resources nobody knows are left out. */
export async function getQuota(session: ImapSession): Promise<Outcome<readonly QuotaResource[]>> {
  if (!session.advertised.has('QUOTA')) return ok([]);
  const found: QuotaResource[] = [];
  const reply = await session.command('GETQUOTAROOT', [mailbox('INBOX')], {
    onLine: (line) => found.push(...readQuotaLine(line)),
  });
  if (reply.ok) return ok(found);
  // A mailbox without a quota is refused by some servers: that is an answer, not trouble.
  return reply.error.kind === 'refused' ? ok([]) : fail(reply.error.failure);
}

/** `* QUOTA "root" (STORAGE 10 512 MESSAGE 3 1000)`. */
export function readQuotaLine(line: ResponseLine): QuotaResource[] {
  if (line.name !== 'QUOTA') return [];
  const values = tokenList(line.tokens()[1]);
  const resources: QuotaResource[] = [];
  for (let at = 0; at + 2 < values.length; at += 3) {
    const kind = KINDS[(tokenText(values[at]) ?? '').toUpperCase()];
    const used = tokenNumber(values[at + 1]);
    const limit = tokenNumber(values[at + 2]);
    if (!kind || used === null || limit === null) continue;
    const unit = kind === 'storage' ? STORAGE_UNIT : 1;
    resources.push({ kind, used: used * unit, limit: limit * unit });
  }
  return resources;
}
