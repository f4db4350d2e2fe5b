import type { AccountView } from '../../shared/contract/views';
import { formatSize } from '../list/format-size';
import { statusStrings } from '../strings/status';
import { ProgressBar } from '../ui/progress-bar';
import styles from './account-numbers.module.css';
import { clockTime } from './clock-time';
import { useInspection, type Watched } from './use-inspection';

/** Queue, speed, space and the last comparison of one account, as they are this second (APP-195, SYNC-411). */
export function AccountNumbers({ account }: { readonly account: AccountView }) {
  const watched = useInspection(account.id);
  const queue = watched?.inspection.queue;
  const words = statusStrings.numbers;
  // One that is well has a next look too, and nobody waits for that.
  const isLost = account.state === 'offline' || account.state === 'error';
  return (
    <dl className={styles.facts} aria-label={words.title(account.name)}>
      {account.server === null ? null : (
        <div>
          <dt>{words.connection}</dt>
          <dd>
            {words.reaches(account.protocol, account.server)}
            {watched ? ` · ${words.open(watched.inspection.connections.length)}` : ''}
            {isLost && watched && watched.inspection.nextAttemptInMs !== null
              ? ` · ${words.nextTry(clockTime(Date.now() + watched.inspection.nextAttemptInMs))}`
              : ''}
          </dd>
        </div>
      )}
      <div>
        <dt>{words.push}</dt>
        <dd>{statusStrings.watchLater[account.state] ?? words.pushKind[account.watch]}</dd>
      </div>
      <div>
        <dt>{words.queue}</dt>
        <dd>
          {queue
            ? words.queued(
                queue.waiting,
                queue.parked,
                queue.nextDueAt === null || queue.nextDueAt <= Date.now() ? null : clockTime(queue.nextDueAt),
                queue.oldestAt === null ? null : clockTime(queue.oldestAt),
              )
            : ''}
        </dd>
      </div>
      <div>
        <dt>{words.speed}</dt>
        <dd>
          {watched?.inspection.running && watched.speed && watched.speed.bytesPerS > 0
            ? words.rate(watched.speed.messagesPerS, formatSize(watched.speed.bytesPerS))
            : words.resting}
        </dd>
      </div>
      {watched ? <Counters inspection={watched.inspection} /> : null}
      <div>
        <dt>{words.verified}</dt>
        <dd>{account.verifiedAt === null ? words.notVerified : clockTime(account.verifiedAt)}</dd>
      </div>
      {account.quota.map(({ kind, used, limit }, at) => {
        const text =
          kind === 'storage' ? words.space(formatSize(used), formatSize(limit)) : words.messages(used, limit);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two roots of one kind have no name of their own.
          <div key={`${kind} ${at}`}>
            <dt>{words.quota[kind]}</dt>
            <dd>
              {text}
              <ProgressBar label={text} share={limit === 0 ? 1 : used / limit} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What was done and sent since the account's engine started (SYNC-411). */
function Counters({ inspection: { totals, loop } }: Pick<Watched, 'inspection'>) {
  const words = statusStrings.numbers;
  const probed = totals.probedDone + totals.probedNotDone + totals.probedUndecided;
  const facts: readonly (readonly [name: string, value: string])[] = [
    [words.done, words.counted(totals)],
    [
      words.traffic,
      words.transferred(totals.roundTrips, formatSize(totals.bytesIn), formatSize(totals.bytesOut)),
    ],
    ...(probed > 0 ? [[words.probes, words.probed(totals)] as const] : []),
    [words.loop, words.loopBusy(loop.busyShare, loop.delay?.maxMs ?? null)],
  ];
  return facts.map(([name, value]) => (
    <div key={name}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  ));
}
