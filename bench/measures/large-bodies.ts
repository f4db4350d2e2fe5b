import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Bench } from '../bench';
import { atMost } from '../row';
import { startCore } from '../workshop/core';

const MESSAGES = 12;
/** Just below what is fetched whole. */
const LINES = 65_000;
const RESOLUTION_MS = 5;
const NEWEST_MS = Date.UTC(2026, 0, 15, 12);

/** SYNC-395: messages of nearly 5 MB of text, fetched whole; what they cost the engine's own thread. */
export const largeBodies: Bench = {
  name: 'large-bodies',
  boundMs: 120_000,
  run: async (workshop) => {
    const server = await workshop.server();
    const user = await server.addUser();
    server.fill(
      user,
      'INBOX',
      Array.from({ length: MESSAGES }, (_, at) => ({ raw: longMessage(at), date: NEWEST_MS, flags: [] })),
    );
    const core = startCore(workshop.folder());
    const accountId = core.addAccount(user, server.imapPort);
    await core.when(() => core.inbox(accountId).headers === MESSAGES);
    const turns = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    turns.enable();
    const before = process.threadCpuUsage();
    await core.when(() => core.inbox(accountId).bodies === MESSAGES);
    const { user: busy, system } = process.threadCpuUsage(before);
    turns.disable();
    await core.stop();
    return [
      atMost(
        {
          name: 'longest engine turn, bodies of 5 MB',
          value: turns.max / 1e6 - RESOLUTION_MS,
          unit: 'ms',
        },
        50,
      ),
      atMost(
        { name: "engine's thread per body of 5 MB", value: (busy + system) / 1000 / MESSAGES, unit: 'ms' },
        50,
      ),
    ];
  },
};

function longMessage(at: number): Buffer {
  const lines = Array.from(
    { length: LINES },
    (_, line) => `<p>Line ${line} of letter ${at}, one of many that say much the same.`,
  );
  return Buffer.from(
    [
      'From: Ann <ann@example.org>',
      'To: bob@example.org',
      `Subject: Long letter ${at}`,
      `Message-ID: <long-${at}@example.org>`,
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      '',
      ...lines,
      '',
    ].join('\r\n'),
  );
}
