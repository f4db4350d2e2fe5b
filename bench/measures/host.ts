import { execFileSync } from 'node:child_process';
import type { ListId } from '../../src/shared/domain';
import { type RunningHost, serve } from '../../test/integration/homeport-process';
import type { Bench } from '../bench';
import { atMost } from '../row';
import { median, timed } from '../statistics';
import { threadTurns } from '../workshop/thread-turns';
import { openWindow, type Window } from '../workshop/window';
import { SYNCED_MESSAGES } from '../workshop/workshop';

const STARTS = 3;
const SYNC_MS = 120_000;

/** The headless host as people run it: its start on a large profile, its memory, and its threads during a first sync. */
export const host: Bench = {
  name: 'host',
  boundMs: 240_000,
  run: async (workshop) => {
    const { dir, inbox } = workshop.copyOfLarge();
    const starts: number[] = [];
    let largeMemory = 0;
    for (let run = 0; run < STARTS; run++) {
      let running: RunningHost | null = null;
      const { ms } = await timed(async () => {
        running = await serve(dir);
        const window = await openWindow(running.ready.ui);
        const page = await firstPage(window, inbox as never);
        if (page.rows.length === 0) throw new Error('the first page is empty');
        window.close();
      });
      starts.push(ms);
      largeMemory = memoryMb(running as RunningHost | null);
      await (running as RunningHost | null)?.stop();
    }

    const server = await workshop.server();
    const { user, count } = await workshop.mailbox();
    const running = await serve(workshop.folder(), [], { HOMEPORT_TRACE: '1' });
    const window = await openWindow(running.ready.ui);
    const { secretRef } = await window.call('vault.put', { secret: user.password });
    await window.call('accounts.addImap', {
      email: `${user.name}@example.org`,
      name: user.name,
      imap: { host: '127.0.0.1', port: server.imapPort, security: 'none', user: user.name },
      caPem: null,
      auth: 'password',
      pinned: [],
      secretRef,
    });
    await window.call('sync.now', { accountId: null, mailboxId: null, wait: true, timeoutMs: SYNC_MS });
    const stored = (await window.call('mailboxes.list', {})).reduce(
      (sum, mailbox) => sum + mailbox.stored,
      0,
    );
    if (stored !== count) throw new Error(`only ${stored} of ${count} messages were there after the sync`);
    const delay = await window.call('debug.loopDelay', {});
    const syncedMemory = memoryMb(running);
    window.close();
    await running.stop();
    const during = `during a first sync of ${SYNCED_MESSAGES.toLocaleString('en')}`;
    return [
      ...threadTurns('main thread', delay.main, during),
      ...threadTurns('engine', delay.engine, during),
      atMost({ name: 'start to first page, 100,000 messages', value: median(starts), unit: 'ms' }, 2_000),
      atMost({ name: 'memory of the host, 100,000 messages', value: largeMemory, unit: 'MB' }, 200),
      atMost({ name: `memory of the host after a sync of 20,000`, value: syncedMemory, unit: 'MB' }, 200),
    ];
  },
};

function firstPage(window: Window, listId: ListId) {
  return window.call('lists.page', {
    listId,
    sort: 'date',
    descending: true,
    at: { kind: 'offset', offset: 0 },
    limit: 100,
  });
}

/** Resident memory of the process. */
function memoryMb(running: RunningHost | null): number {
  const kib = execFileSync('ps', ['-o', 'rss=', '-p', String(running?.ready.pid ?? 0)], { encoding: 'utf8' });
  return Number(kib) / 1024;
}
