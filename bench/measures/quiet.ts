import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { addImapAccount, serve } from '../../test/integration/homeport-process';
import type { Bench } from '../bench';
import { atMost } from '../row';
import { percentile, timed } from '../statistics';
import { startCore } from '../workshop/core';
import { generatedMail } from '../workshop/fill-user';

const MAILBOXES = 50;
const QUIET_CYCLES = 3;
/** A new account looks into every mailbox once; what it costs is counted with the cycle after. */
const FIRST_CYCLES = 3;
const NEW_MAILS = 20;
/** Between two deliveries, so that each is announced by itself. */
const PAUSE_MS = 300;
/** The specification looks for ten minutes; a tenth of it is long enough to see a timer that should not be there. */
const IDLE_MS = 60_000;
/** After the start of the host: first cycle, first look at everything. */
const SETTLE_MS = 20_000;
/** Clock ticks per second in /proc, which Linux fixes for programs. */
const TICKS_PER_S = 100;

/** An account where nothing happens: what a cycle costs, how soon new mail is here, and what waiting costs. */
export const quiet: Bench = {
  name: 'quiet',
  boundMs: 240_000,
  run: async (workshop) => {
    const server = await workshop.server();
    const user = await server.addUser();
    server.fill(user, 'INBOX', generatedMail(20));
    const session = await server.session(user);
    for (let at = 1; at < MAILBOXES; at++) await session.mailboxCreate(`Folder ${at}`);
    await session.logout();

    const core = startCore(workshop.folder());
    const accountId = core.addAccount(user, server.imapPort);
    for (let cycle = 0; cycle < FIRST_CYCLES; cycle++) await core.supervisor.syncNow(accountId, null);
    const wire = () => {
      const totals = core.supervisor.inspect(accountId)?.totals;
      return { trips: totals?.roundTrips ?? 0, bytes: (totals?.bytesIn ?? 0) + (totals?.bytesOut ?? 0) };
    };
    const trips: number[] = [];
    const bytes: number[] = [];
    for (let cycle = 0; cycle < QUIET_CYCLES; cycle++) {
      const before = wire();
      await core.supervisor.syncNow(accountId, null);
      const after = wire();
      trips.push(after.trips - before.trips);
      bytes.push(after.bytes - before.bytes);
    }

    const arrivals: number[] = [];
    for (let at = 0; at < NEW_MAILS; at++) {
      const { headers } = core.inbox(accountId);
      const { ms } = await timed(async () => {
        await server.append(user, letter(at));
        await core.when(() => core.inbox(accountId).headers > headers);
      });
      arrivals.push(ms);
      await delay(PAUSE_MS);
    }
    await core.stop();

    const profile = workshop.folder();
    await addImapAccount(profile, user, server.imapPort);
    const host = await serve(profile);
    await delay(SETTLE_MS);
    const from = processorMs(host.ready.pid);
    await delay(IDLE_MS);
    const busy = ((processorMs(host.ready.pid) - from) / IDLE_MS) * 100;
    await host.stop();

    const cycle = `cycle without news, ${MAILBOXES} mailboxes`;
    return [
      atMost({ name: `${cycle}, round trips`, value: Math.max(...trips), unit: 'round trips' }, 3),
      atMost({ name: `${cycle}, bytes`, value: Math.max(...bytes), unit: 'bytes' }, 20_000),
      atMost({ name: 'new mail to local row, p95', value: percentile(arrivals, 0.95), unit: 'ms' }, 2_000),
      {
        ...atMost({ name: 'processor of the waiting host', value: busy, unit: '% of a core' }, 0.2),
        grain: 0.05,
      },
    ];
  },
};

function letter(at: number): Buffer {
  const head = `From: a@example.org\r\nSubject: News ${at}\r\nMessage-ID: <news-${at}@example.org>`;
  return Buffer.from(`${head}\r\nDate: Thu, 15 Jan 2026 12:00:00 +0000\r\n\r\nNews.\r\n`);
}

/** User and system time of all threads of a process, in milliseconds. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_S;
}
