import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Bench } from '../bench';
import { against, atLeast, atMost } from '../row';
import { median, timed } from '../statistics';
import { fetchHeaders } from '../workshop/bare-client';
import { startCore } from '../workshop/core';
import { SYNCED_MESSAGES } from '../workshop/workshop';

const RUNS = 3;
/** Messages of the first screenful (SYNC-051). */
const SCREENFUL = 100;
/** How often memory is looked at: it grows window by window. */
const MEMORY_EVERY_MS = 50;
/** Of the timer that samples the event loop; part of every sample. */
const RESOLUTION_MS = 5;

/**
 * SYNC-051, 062, 395: headers of a whole mailbox, stored and ready for the list, beside the same download by the bare
 * library; how soon the first screenful was there, the longest turn of the engine's thread meanwhile, and how far the
 * process grew in the run in which it grew most.
 */
export const firstSync: Bench = {
  name: 'first-sync',
  boundMs: 180_000,
  run: async (workshop) => {
    const server = await workshop.server();
    const { user, count } = await workshop.mailbox();
    const bareMs: number[] = [];
    const bareCpu: number[] = [];
    const screenful: number[] = [];
    const oursMs: number[] = [];
    const oursCpu: number[] = [];
    const turns: number[] = [];
    const grown: number[] = [];
    // In turns, so that both meet the same machine.
    for (let run = 0; run < RUNS; run++) {
      const bare = await timed(() => fetchHeaders(server, user));
      bareMs.push(bare.ms);
      bareCpu.push(bare.cpuMs);

      const core = startCore(workshop.folder());
      const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      delay.enable();
      const memory = watchMemory();
      const ours = await timed(async () => {
        const accountId = core.addAccount(user, server.imapPort);
        const stored = (least: number) => core.when(() => core.inbox(accountId).headers >= least);
        screenful.push((await timed(() => stored(SCREENFUL))).ms);
        await stored(count);
      });
      delay.disable();
      grown.push(memory.end());
      oursMs.push(ours.ms);
      oursCpu.push(ours.cpuMs);
      turns.push(delay.max / 1e6 - RESOLUTION_MS);
      await core.stop();
    }
    const rate = (times: readonly number[]) => (SYNCED_MESSAGES / median(times)) * 1000;
    const name = `first sync, ${SYNCED_MESSAGES.toLocaleString('en')} headers`;
    const unit = 'messages/s';
    const anchor = 'bare imapflow';
    return [
      against({ name, value: rate(oursMs), unit }, { anchor, anchorValue: rate(bareMs) }, '>=', 0.8),
      against(
        { name: `${name}, per CPU second`, value: rate(oursCpu), unit },
        { anchor, anchorValue: rate(bareCpu) },
        '>=',
        0.8,
      ),
      atLeast({ name: `${name}, absolute`, value: rate(oursMs), unit }, 4_000),
      atMost({ name: 'account added to first screenful', value: median(screenful), unit: 'ms' }, 2_000),
      atMost({ name: 'longest engine turn in a first sync', value: median(turns), unit: 'ms' }, 50),
      atMost({ name: 'memory a first sync takes', value: Math.max(...grown), unit: 'MB' }, 100),
    ];
  },
};

/** How many MB more than now the process has at most until `end`. */
function watchMemory(): { end(): number } {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, MEMORY_EVERY_MS);
  return {
    end: () => {
      clearInterval(timer);
      look();
      return (most - before) / 1e6;
    },
  };
}
