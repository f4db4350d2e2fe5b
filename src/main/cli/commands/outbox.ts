import type { OutboxView } from '../../../shared/contract/compose-views';
import type { FailureView } from '../../../shared/contract/views';
import { OutboxId } from '../../../shared/domain';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { Command } from '../command';
import type { Session } from '../session';
import { errorShape, isoDate, rowsOf } from '../shapes';
import { table } from '../table';

/** CLI-033. */
export const outboxList: Command = {
  name: 'outbox list',
  summary: 'Messages that have not left yet, or need a decision',
  flags: [],
  example: 'homeport outbox list --json',
  run: async (_args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const found = await session.value.call('outbox.list', {});
    if (!found.ok) return found;
    const rows = found.value.map(outboxShape);
    const text = table(
      ['ID', 'STATE', 'TO', 'SUBJECT', 'WHEN', 'WHY'],
      rows.map((row) => [
        row.id,
        row.state,
        row.recipients.map(({ address }) => address).join(', '),
        row.subject,
        row.notBefore ?? row.nextAttemptAt ?? '',
        row.error?.message ?? '',
      ]),
    );
    return ok({ kind: 'data', json: rowsOf(rows), text });
  },
};

export const outboxCancel = decision(
  'cancel',
  'Take messages back that have not left: they are drafts again',
  'outbox.undo',
);
export const outboxRetry = decision(
  'retry',
  'Try messages again, also one of which it is not known whether it was sent',
  'outbox.retry',
);
export const outboxDiscard = decision('discard', 'Give messages up', 'outbox.discard');

function decision(
  verb: string,
  summary: string,
  method: 'outbox.undo' | 'outbox.retry' | 'outbox.discard',
): Command {
  return {
    name: `outbox ${verb}`,
    summary,
    words: 'ID…',
    least: 1,
    most: 100,
    flags: [],
    example: `homeport outbox ${verb} 17`,
    run: async (args, context) => {
      const session = await context.open(method === 'outbox.retry' ? 'network' : 'store');
      if (!session.ok) return session;
      for (const word of args.words) {
        const id = await findEntry(session.value, word);
        if (!id.ok) return id;
        const outboxId = id.value;
        let done = await session.value.call(method, { outboxId });
        // A ready message has no draft to go back to.
        if (!done.ok && done.failure.kind === 'invalid' && method === 'outbox.undo')
          done = await session.value.call('outbox.discard', { outboxId });
        if (!done.ok) return done;
      }
      const count = args.words.length;
      return ok({ kind: 'data', json: { count }, text: `${verb}: ${count}` });
    },
  };
}

/** To scripts ids are opaque: one that cannot be ours is not found. */
async function findEntry(session: Session, text: string): Promise<Outcome<OutboxId, FailureView>> {
  const id = OutboxId.safeParse(/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN);
  const listed = await session.call('outbox.list', {});
  if (!listed.ok) return listed;
  const entry = id.success ? listed.value.find((candidate) => candidate.id === id.data) : undefined;
  return entry
    ? ok(entry.id)
    : fail({
        kind: 'not-found',
        message: `There is no message ${text} in the outbox.`,
        hint: 'See homeport outbox list.',
      });
}

function outboxShape(entry: OutboxView) {
  return {
    id: String(entry.id),
    accountId: String(entry.accountId),
    state: entry.state,
    from: [entry.from],
    recipients: entry.recipients.map(({ name, address, state, failure }) => ({
      name,
      address,
      state,
      error: errorShape(failure),
    })),
    subject: entry.subject,
    size: entry.size,
    hasAttachment: entry.hasAttachment,
    messageId: entry.messageIdHeader.replace(/^<|>$/g, ''),
    createdAt: isoDate(entry.createdAt),
    notBefore: isoDate(entry.notBefore),
    zone: entry.zone,
    attempts: entry.attempts,
    nextAttemptAt: isoDate(entry.nextAttemptAt),
    observed: entry.observed,
    overdue: entry.overdue,
    error: errorShape(entry.failure),
  };
}
