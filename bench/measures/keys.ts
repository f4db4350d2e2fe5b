import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { chromiumBinary } from '../../scripts/lib/browser.mjs';
import { addImapAccount, homeportJson, serve } from '../../test/integration/homeport-process';
import type { DovecotServer, TestUser } from '../../test/servers/start-dovecot';
import type { Bench } from '../bench';
import { against, atMost, type Row } from '../row';
import { percentile } from '../statistics';
import { fillUser } from '../workshop/fill-user';
import { type Answer, pressAndSee } from '../workshop/key-answers';
import { threadTurns } from '../workshop/thread-turns';
import { openWindow } from '../workshop/window';
import { processorTime, type WindowTasks, watchTasks } from '../workshop/window-tasks';
import { LARGE_MESSAGES } from '../workshop/workshop';

const REPETITIONS = 200;
/** Of the account that is synced for the first time meanwhile (APP-345). */
const SYNCED = 10_000;
const DURING = `during a sync of ${SYNCED.toLocaleString('en')}`;
const LEAST_ROWS = 30_000;
/** After the first sync another client marks all of its mail, again and again: there is always something to sync. */
const MARK_EVERY_MS = 2_000;

interface Gesture {
  readonly name: string;
  readonly keys: readonly string[];
  readonly answer: Answer;
}

/** What one gesture took. */
interface Taken {
  /** Until its result was painted, on the clock. */
  readonly ms: number;
  /** Processor time the window used for that and for whatever else it did meanwhile; other programs do not count. */
  readonly cpuMs: number;
}

/** In this order again and again, so that all of them meet the same moments of the sync. */
const GESTURES: readonly Gesture[] = [
  { name: 'nothing', keys: ['q'], answer: 'frame' },
  { name: 'next', keys: ['j'], answer: 'focus' },
  { name: 'star', keys: ['s'], answer: 'name' },
  // Beside the list the reader opens what the focus moves to.
  { name: 'open', keys: ['k'], answer: 'reader' },
  { name: 'archive', keys: ['e'], answer: 'gone' },
  { name: 'switch folder', keys: ['g', 'a'], answer: 'list' },
  { name: 'switch folder', keys: ['g', 'i'], answer: 'list' },
];

/** APP-341, APP-345: how soon keys are answered on screen while an account is being synced, and what holds up the threads. */
export const keys: Bench = {
  name: 'keys',
  boundMs: 600_000,
  run: async (workshop) => {
    const executablePath = chromiumBinary();
    if (executablePath === undefined) throw new Error('there is no Chromium here');
    const { dir } = workshop.copyOfLarge();
    const server = await workshop.server();
    const { user } = await fillUser(server, SYNCED);
    const host = await serve(dir, [], { HOMEPORT_TRACE: '1' });
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const stop = new AbortController();
    try {
      // A link works once: the page takes the first.
      const { ui } = await homeportJson<{ ui: string }>(dir, ['link']);
      const window = await openWindow(ui);
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(host.ready.ui);
      await page.waitForFunction(
        (least) => Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')) > least,
        LEAST_ROWS,
      );
      await page.locator('[role="row"][data-index="0"]').focus();
      const tasks = await watchTasks(browser, page);
      await addImapAccount(dir, user, server.imapPort);
      const marking = keepMarking(server, user, stop.signal);
      const times = await pressAll(page);
      const windowTasks = await tasks();
      const { main, engine } = await window.call('debug.loopDelay', {});
      stop.abort();
      await marking;
      window.close();
      return [
        ...rows(times),
        ...taskRows(windowTasks),
        ...threadTurns('main thread', main, `${DURING} with a window in use`),
        ...threadTurns('engine', engine, `${DURING} with a window in use`),
      ];
    } finally {
      stop.abort();
      await browser.close();
      await host.stop();
    }
  },
};

async function pressAll(page: Page): Promise<ReadonlyMap<string, Taken[]>> {
  const times = new Map<string, Taken[]>(GESTURES.map(({ name }) => [name, []]));
  const used = await processorTime(page);
  for (let turn = 0; turn < REPETITIONS; turn++) {
    for (const gesture of GESTURES) {
      const before = await used();
      const ms = await pressAndSee(page, gesture.keys, gesture.answer);
      times.get(gesture.name)?.push({ ms, cpuMs: (await used()) - before });
    }
    await page.locator('[role="row"][tabindex="0"]').focus();
  }
  return times;
}

async function keepMarking(server: DovecotServer, user: TestUser, signal: AbortSignal): Promise<void> {
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  for (let on = true; !signal.aborted; on = !on) {
    await (on ? other.messageFlagsAdd : other.messageFlagsRemove).call(other, '1:*', ['$Work'], {
      silent: true,
    });
    await delay(MARK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  await other.logout();
}

function rows(times: ReadonlyMap<string, Taken[]>): Row[] {
  const part = (name: string, share: number, of: (taken: Taken) => number) =>
    percentile((times.get(name) ?? []).map(of), share);
  const what = `p95 with ${LARGE_MESSAGES.toLocaleString('en')} messages during a sync`;
  const limits = [...times.keys()].flatMap((name) => {
    const ms = part(name, 0.95, (taken) => taken.ms);
    if (name === 'nothing')
      return atMost({ name: `key that does nothing to the next frame, ${what}`, value: ms, unit: 'ms' }, 33);
    const result = `key to painted result, ${name}, ${what}`;
    const cpuMs = part(name, 0.95, (taken) => taken.cpuMs);
    return [
      atMost({ name: result, value: ms, unit: 'ms' }, 50),
      atMost({ name: `${result}, processor time`, value: cpuMs, unit: 'ms' }, 50),
    ];
  });
  const all = [...times].flatMap(([name, taken]) => (name === 'nothing' ? [] : taken.map(({ ms }) => ms)));
  return [
    ...limits,
    against(
      { name: 'key to painted result, all of them, p50', value: percentile(all, 0.5), unit: 'ms' },
      { anchor: 'key that does nothing', anchorValue: part('nothing', 0.5, ({ ms }) => ms) },
      '<=',
      2,
    ),
  ];
}

/** As with the threads of the host, the claim is the cost; the longest on the clock is what others were given meanwhile. */
function taskRows({ busiest, p99 }: WindowTasks): Row[] {
  return [
    atMost(
      { name: `longest task of the window, processor time, ${DURING}`, value: busiest, unit: 'ms' },
      100,
    ),
    atMost({ name: `tasks of the window, p99 on the clock, ${DURING}`, value: p99, unit: 'ms' }, 50),
  ];
}
