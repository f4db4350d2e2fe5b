import { bugText } from '../../shared/mask-personal';
import type { Ports } from '../ports/ports';
import { PASS_MS } from '../ports/turn-queue';
import type { Store } from '../store/open-store';
import { buildSome, nextStep, unfinishedOrder } from '../store/orders/build-order';
import type { WantedOrder } from '../store/orders/list-order';
import { wantOrder } from '../store/orders/want-order';

/** Rows of the first turn; the size of the others follows the measured speed. */
const FIRST_ROWS = 500;
const LEAST_ROWS = 100;
const MOST_ROWS = 5_000;
/** How long after a failure it is tried again: a full disk, for instance. */
const AFTER_FAILURE_MS = 60_000;

export interface OrderBuilder {
  /** Somebody looks at a long list in this order. */
  want(order: WantedOrder): void;
  stop(): Promise<void>;
}

/**
 * Lays out the orders that are wanted, one after the other, in the least urgent turns, and first those a kill left half
 * done. Nobody waits for it: until an order is ready, readers sort.
 */
export function startOrderBuilder(
  store: Store,
  { clock, logger }: Pick<Ports, 'clock' | 'logger'>,
): OrderBuilder {
  const stopping = new AbortController();
  let wake: (() => void) | null = null;

  /** Readers ask again when they still lack the order. */
  function tellFailure(error: unknown): void {
    logger.error('orders.build', { error: bugText(error) });
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const orderId = unfinishedOrder(store.read);
        if (orderId === null) await nextWish();
        else await build(orderId);
      } catch (error) {
        tellFailure(error);
        await clock.sleep(AFTER_FAILURE_MS, stopping.signal);
      }
    }
  }

  async function build(orderId: number): Promise<void> {
    // Rows come by their item and go in by their key, all over the order: turns that share a commit write its pages once.
    const batch = {};
    for (let rows = FIRST_ROWS; ; ) {
      await store.turns.next('audit');
      if (stopping.signal.aborted) return;
      const startedAt = clock.monotonic();
      const step = nextStep(store.read, orderId, rows);
      if (!step) return;
      store.writeTx('server', (tx) => buildSome(tx, step), { batch, more: !step.last });
      if (step.last) return;
      const took = clock.monotonic() - startedAt;
      const ideal = took > 0 ? (rows * PASS_MS) / took : rows * 2;
      rows = Math.round(Math.min(MOST_ROWS, rows * 2, Math.max(LEAST_ROWS, ideal)));
    }
  }

  async function nextWish(): Promise<void> {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (stopping.signal.aborted) resolve();
    });
    wake = null;
  }

  const running = run();
  return {
    want: (order) => {
      try {
        store.writeTx('user', (tx) => wantOrder(tx, order));
        wake?.();
      } catch (error) {
        tellFailure(error);
      }
    },
    stop: async () => {
      stopping.abort();
      wake?.();
      await running;
    },
  };
}
