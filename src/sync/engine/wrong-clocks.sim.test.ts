import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Failure } from '../../shared/failure';
import { fail } from '../../shared/outcome';
import { pendingCounts } from '../store/read/pending';
import { recount } from '../store/recount';

let engine: TestEngine;
afterEach(() => engine.close());

const YEAR = 365 * 24 * 3_600_000;
const BUSY: Failure = { kind: 'offline', answered: true, message: 'In use.' };
const star = { kind: 'keywords', add: ['$flagged'], remove: [] } as const;

test.each([-10 * YEAR, 10 * YEAR])(
  'SYNC-136 mail dated by %i ms and a clock of ours that jumps decide nothing: all is synced, sent and kept',
  async (skew) => {
    let busy = false;
    engine = await openTestEngine((connector) => ({
      ...connector,
      push: async (action, wire, signal) => (busy ? fail(BUSY) : connector.push(action, wire, signal)),
    }));
    const deliver = (name: string, date: number) =>
      engine.server.deliver(
        'INBOX',
        Buffer.from(
          `From: a@example.org\r\nSubject: ${name}\r\nDate: ${new Date(date).toUTCString()}\r\nMessage-ID: <${name}@x>\r\n\r\n${name}\r\n`,
        ),
        date,
      );
    const now = engine.clock.now();
    for (let at = 0; at < 150; at++) deliver(`skewed ${at}`, now + skew + at);
    for (let at = 0; at < 150; at++) deliver(`right ${at}`, now + at);
    await engine.pass(20_000);
    expect(engine.subjects('INBOX')).toHaveLength(300);
    const bodies = engine.store.read
      .prepare("SELECT count(*) FROM messages WHERE body_state = 'here'")
      .pluck();
    expect(bodies.get()).toBe(300);

    // Timed before the jump: back by years it would wait for years, forward it goes at once.
    busy = true;
    await engine.mutate('skewed 1', star);
    await engine.pass(60_000);
    engine.clock.setWall(skew);
    busy = false;
    await engine.pass(130_000);
    expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 0 });
    expect(engine.server.mailbox('INBOX').messages.get(2)?.keywords).toEqual(['$flagged']);

    // New mail, a move by another client and an expunge after the jump, and after the jump back.
    for (const jump of [0, -skew]) {
      engine.clock.setWall(jump);
      deliver(`new ${jump}`, now);
      const moved = deliver(`moved ${jump}`, now + skew);
      await engine.pass(5_000);
      expect(engine.subjects('INBOX')).toContain(`new ${jump}`);
      const id = engine.messageId(`moved ${jump}`);
      engine.server.move('INBOX', moved, 'Archive');
      await engine.pass(70_000);
      expect(engine.subjects('Archive')).toContain(`moved ${jump}`);
      expect(engine.messageId(`moved ${jump}`)).toBe(id);
      await engine.mutate(`new ${jump}`, { kind: 'archive' });
      await engine.pass(5_000);
      expect(engine.subjects('Archive')).toContain(`new ${jump}`);
    }
    expect(engine.server.mailbox('Archive').messages.size).toBe(4);
    expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 0 });
    expect(recount(engine.store.read)).toEqual([]);
    expect(engine.errors).toEqual([]);
  },
);
