import { ok } from '../../shared/outcome';
import type { Clock } from '../ports/clock';
import type { EngineHandlers } from './method-handlers';
import type { SearchFeed } from './search-feed';

type Names = 'search.catchUp';

/** What of the search needs the engine. `feed` starts it where it does not run. */
export function searchMethods(clock: Clock, feed: () => SearchFeed): Pick<EngineHandlers, Names> {
  return {
    'search.catchUp': async ({ timeoutMs }) => {
      const late = new AbortController();
      const caughtUp = feed()
        .caughtUp()
        .then(() => true);
      const timeout = clock.sleep(timeoutMs, late.signal).then(() => false);
      const result = await Promise.race([caughtUp, timeout]);
      late.abort();
      return ok({ caughtUp: result });
    },
  };
}
