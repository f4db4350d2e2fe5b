import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Logger } from '../../sync/ports/logger';
import type { JobGiven, JobMade, JobName, Workbench } from '../../sync/ports/workbench';
import { doJob } from '../../sync/prepare/do-job';
import { inOwnMemory } from './own-memory';
import type { JobMessage, MadeMessage } from './serve-workbench';

/** Bytes of jobs that wait or are being worked on, of all accounts together (SYNC-395). */
const IN_FLIGHT_BYTES = 64 * 1024 * 1024;
/** Jobs handed to the thread at a time: it never waits for the next one, and a thread that dies takes few with it. */
const HANDED_OVER = 8;
/** A thread nobody needs gives its memory back. */
const IDLE_MS = 10_000;
/** What one message may need to be parsed; a thread that wants more is ended, the engine goes on. */
const OLD_GENERATION_MIB = 256;
/** Objects of one message are short-lived and few. */
const YOUNG_GENERATION_MIB = 12;

/** Blocks of headers up to this size take some 5 ms: sooner done here than a thread has started for them. */
const DONE_HERE_BYTES = 256 * 1024;
/** A smaller block is the last of its kind for now: no thread is started for it. */
const NO_THREAD_BYTES = 64 * 1024;

interface Job extends JobMessage {
  readonly bytes: number;
  readonly settle: (outcome: Outcome<never>) => void;
}

/**
 * The workbench as a thread of this process: started with the first job, ended after a quiet while. When it breaks, the
 * job it was at is answered with a failure and the others are done by its successor.
 */
export function createThreadWorkbench(
  logger: Logger,
  entry = join(import.meta.dirname, 'workbench.js'),
): Workbench {
  /** In the order they were given; the thread has the first `handedOver` of them. */
  const jobs: Job[] = [];
  let handedOver = 0;
  let bytes = 0;
  let lastId = 0;
  let worker: Worker | null = null;
  let online = false;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;
  const roomWanted: (() => void)[] = [];

  const settle = (job: Job, outcome: Outcome<unknown>): void => {
    jobs.splice(jobs.indexOf(job), 1);
    handedOver--;
    bytes -= job.bytes;
    job.settle(outcome as Outcome<never>);
    if (bytes < IN_FLIGHT_BYTES) for (const tell of roomWanted.splice(0)) tell();
  };

  const start = (): Worker => {
    logger.debug('workbench.started');
    const started = new Worker(entry, {
      name: 'workbench',
      stdout: false,
      resourceLimits: {
        maxOldGenerationSizeMb: OLD_GENERATION_MIB,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB,
      },
    });
    started.unref();
    started.once('online', () => {
      if (worker === started) online = true;
    });
    let reason = 'ended';
    started.on('error', (error) => {
      reason = (error as NodeJS.ErrnoException).code ?? error.name;
    });
    started.on('message', (message: MadeMessage) => {
      const job = jobs.find(({ id }) => id === message.id);
      if (!job) return;
      if ('error' in message) {
        logger.error('workbench.job-failed', { job: job.name, error: message.error });
        settle(job, fail(BROKEN));
      } else settle(job, ok(message.made));
      handOver();
    });
    started.once('exit', () => {
      if (worker !== started) return;
      worker = null;
      online = false;
      const culprit = handedOver > 0 ? jobs[0] : undefined;
      logger.error('workbench.crashed', { reason, job: culprit?.name ?? 'none' });
      if (culprit) settle(culprit, fail(BROKEN));
      handedOver = 0;
      handOver();
    });
    return started;
  };

  const handOver = (): void => {
    clearTimeout(idle);
    if (jobs.length === 0) {
      idle = setTimeout(end, IDLE_MS).unref();
      return;
    }
    worker ??= start();
    for (const { id, name, given } of jobs.slice(handedOver, HANDED_OVER)) {
      // Copied, not handed over: a job may have to be given to a second thread.
      worker.postMessage({ id, name, given: inOwnMemory(given) } satisfies JobMessage);
      handedOver++;
    }
  };

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    online = false;
    handedOver = 0;
    await ending?.terminate();
  };

  return {
    run: <N extends JobName>(name: N, given: JobGiven<N>) =>
      new Promise<Outcome<JobMade<N>>>((resolve) => {
        if (closed) return resolve(fail(CLOSED));
        const size = sizeOf(given);
        // The first screenful must not wait until a thread is there (SYNC-051).
        if (name === 'headers' && !online && size <= DONE_HERE_BYTES) {
          if (size > NO_THREAD_BYTES) worker ??= start();
          return resolve(ok(doJob(name, given)));
        }
        const job: Job = {
          id: ++lastId,
          name,
          given,
          bytes: size,
          settle: resolve as Job['settle'],
        };
        bytes += job.bytes;
        jobs.push(job);
        if (handedOver < HANDED_OVER) handOver();
      }),
    room: () =>
      closed || bytes < IN_FLIGHT_BYTES
        ? Promise.resolve()
        : new Promise((resolve) => {
            roomWanted.push(resolve);
          }),
    close: async () => {
      closed = true;
      for (const job of jobs.splice(0)) job.settle(fail(CLOSED));
      for (const tell of roomWanted.splice(0)) tell();
      await end();
    },
  };
}

function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + sizeOf(part), 0);
}

const CLOSED: Failure = { kind: 'cancelled', message: 'Homeport is closing.' };
const BROKEN: Failure = { kind: 'internal', message: 'This message cannot be prepared.' };
