import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { WatchEvent } from '../../src/sync/connectors/contract';
import { createFakeClock } from '../fakes/fake-clock';
import type { ImapScript } from '../fakes/scripted-imap-server';
import { start, until } from './imap-scripted-support';
import { must, never } from './imap-support';

const HOUR_MS = 60 * 60_000;

describe('a server that allows few connections', () => {
  /** Lets in so many at once. */
  function doorman(most: () => number, refusal: string): ImapScript {
    let inside = 0;
    return (command) => {
      if (command === 'LOGOUT') inside -= 1;
      if (!command.startsWith('LOGIN')) return undefined;
      if (inside >= most()) return refusal;
      inside += 1;
      return undefined;
    };
  }
  const logins = (commands: readonly string[]) => commands.filter((said) => said.startsWith('LOGIN')).length;

  test.each([
    '%T NO [LIMIT] Not more than this\r\n',
    '%T NO [ALERT] Too many simultaneous connections. (Failure)\r\n',
    '* BYE Too many connections\r\n',
  ])(
    'SYNC-123 %j lowers the cap by one for an hour, and the work goes over what remains',
    async (refusal) => {
      let most = 1;
      const clock = createFakeClock();
      const door = doorman(() => most, refusal);
      const { connector, server } = await start(door, { clock });
      must(await connector.connect('bulk', never));
      for (let at = 0; at < 10; at++) {
        must(await connector.connect('interactive', never));
        must(await connector.connect('bulk', never));
      }
      expect(logins(server.commands)).toBe(2);
      expect(connector.connections()).toHaveLength(1);
      most = 2;
      clock.advance(HOUR_MS - 1_000);
      must(await connector.connect('interactive', never));
      expect(logins(server.commands)).toBe(2);
      clock.advance(1_000);
      must(await connector.connect('interactive', never));
      expect(logins(server.commands)).toBe(3);
      expect(connector.connections()).toHaveLength(2);
    },
  );

  test('where two are allowed one watches and one works', async () => {
    const script = doorman(() => 2, '%T NO [LIMIT] Not more than this\r\n');
    const { connector, server } = await start(script, { clock: createFakeClock() });
    must(await connector.connect('interactive', never));
    must(await connector.connect('bulk', never));
    const events: WatchEvent[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      for await (const event of connector.watch('INBOX', stop.signal)) events.push(event);
    })();
    await until(() => events.length > 0);
    expect(events[0]).toEqual({ kind: 'watching' });
    expect(logins(server.commands)).toBe(4);
    must(await connector.connect('bulk', never));
    expect(logins(server.commands)).toBe(4);
    expect(connector.connections().map(({ role }) => role)).toEqual(['interactive', 'watch']);
    stop.abort();
    await watching;
  });
});

describe('a cap of the account', () => {
  test.each([1, 2, 3])(
    'of %i connection(s) is kept without asking the server, and all roles work',
    async (maxConnections) => {
      const clock = createFakeClock();
      const { connector, server } = await start(() => undefined, { clock, account: { maxConnections } });
      const events: WatchEvent[] = [];
      const stop = new AbortController();
      must(await connector.connect('bulk', never));
      const watching = (async () => {
        for await (const event of connector.watch('INBOX', stop.signal)) events.push(event);
      })();
      await until(() => events.length > 0);
      must(await connector.connect('interactive', never));
      must(await connector.connect('bulk', never));
      const logins = server.commands.filter((said) => said.startsWith('LOGIN')).length;
      expect(logins).toBe(maxConnections);
      expect(connector.connections().length).toBeLessThanOrEqual(maxConnections);
      // With one there is nobody who only waits: work has it.
      expect(events[0]?.kind).toBe(maxConnections === 1 ? 'ended' : 'watching');
      stop.abort();
      await watching;
    },
  );

  test('two that are wanted at the same moment do not both slip through', async () => {
    const { connector, server } = await start(() => undefined, { account: { maxConnections: 1 } });
    const both = await Promise.all([
      connector.connect('bulk', never),
      connector.connect('interactive', never),
    ]);
    for (const one of both) must(one);
    must(await connector.connect('interactive', never));
    must(await connector.connect('bulk', never));
    expect(server.commands.filter((said) => said.startsWith('LOGIN'))).toHaveLength(1);
  });
});

describe('trust after sleep', () => {
  const proofs = (commands: readonly string[]) => commands.filter((said) => said === 'NOOP').length;

  test.each([6 * HOUR_MS, -6 * HOUR_MS])(
    'a connection is proven with NOOP within 5 s when the wall clock jumped by %i ms',
    async (byMs) => {
      let deaf = false;
      const clock = createFakeClock();
      const { connector, server } = await start(
        (command) => (command === 'NOOP' && deaf ? null : undefined),
        { clock },
      );
      must(await connector.connect('interactive', never));
      must(await connector.connect('interactive', never));
      expect(proofs(server.commands)).toBe(0);
      clock.setWall(byMs);
      must(await connector.connect('interactive', never));
      expect(proofs(server.commands)).toBe(1);
      deaf = true;
      clock.setWall(byMs);
      const connecting = connector.connect('interactive', never);
      await until(() => proofs(server.commands) === 2);
      for (let at = 0; at < 10; at++) {
        clock.advance(625);
        await delay(5);
      }
      must(await connecting);
      expect(server.commands.filter((said) => said.startsWith('LOGIN'))).toHaveLength(2);
    },
  );

  test('a watch looks within a minute whether its link survived the sleep, and ends where it did not', async () => {
    let deaf = false;
    const clock = createFakeClock();
    const { connector, server } = await start((command) => (command === 'DONE' && deaf ? null : undefined), {
      clock,
    });
    const events: WatchEvent[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      for await (const event of connector.watch('INBOX', stop.signal)) events.push(event);
    })();
    const count = (command: string) => server.commands.filter((said) => said === command).length;
    await until(() => count('IDLE') === 1);
    await delay(20);
    clock.advance(60_000);
    expect(count('DONE')).toBe(0);
    clock.setWall(3 * HOUR_MS);
    clock.advance(60_000);
    await until(() => count('IDLE') === 2);
    await delay(20);
    deaf = true;
    clock.setWall(3 * HOUR_MS);
    clock.advance(60_000);
    await until(() => count('DONE') === 2);
    clock.advance(5_000);
    await watching;
    expect(events.at(-1)).toMatchObject({ kind: 'ended', failure: { kind: 'offline' } });
  });
});
