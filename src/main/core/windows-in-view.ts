import type { z } from 'zod';
import { METHODS } from '../../shared/contract/methods';
import type { Router } from '../router';

const LOOKING = 'sync.looking';
const { input: Looking } = METHODS[LOOKING];
type Looking = z.output<typeof Looking>;

/** One window's way to the core, for as long as it is there. */
export interface WindowInView {
  readonly call: Router;
  /** The window was closed, has crashed or hears no more: what it said about itself no longer counts. */
  end(): void;
}

export interface WindowsInView {
  connect(): WindowInView;
}

/**
 * What all windows together look at (SYNC-119): the engine hears of a visible window as long as any window is one,
 * whichever spoke last, and of none once the last one is hidden or gone. The mailbox that comes first is that of the
 * visible window that spoke last.
 */
export function createWindowsInView(call: Router): WindowsInView {
  /** By window, the one that spoke last at the end. */
  const said = new Map<symbol, Looking>();
  const isVisible = ({ visible = true }: Looking) => visible;
  const tell: () => ReturnType<Router> = () => {
    const all = [...said.values()];
    const { listId, messageIds } = all.findLast(isVisible) ?? all.at(-1) ?? { listId: null, messageIds: [] };
    return call(LOOKING, { listId, messageIds, visible: all.some(isVisible) });
  };
  return {
    connect: () => {
      const window = Symbol('window');
      return {
        call: (method, input, caller) => {
          const looking = method === LOOKING ? Looking.safeParse(input) : null;
          // What does not fit is refused by the gate itself, in its words.
          if (!looking?.success) return call(method, input, caller);
          said.delete(window);
          said.set(window, looking.data);
          return tell();
        },
        end: () => {
          if (said.delete(window)) void tell();
        },
      };
    },
  };
}
