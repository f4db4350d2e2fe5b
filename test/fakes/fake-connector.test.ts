import { expect, test } from 'vitest';
import type { PushAction } from '../../src/sync/connectors/contract';
import { describeConnector, source } from '../conformance/connector';
import { createFakeConnector } from './fake-connector';
import { FakeMailServer } from './fake-mail-server';

describeConnector('the fake connector', async () => {
  const server = new FakeMailServer();
  const connector = createFakeConnector(server);
  return {
    connector,
    control: {
      deliver: async (remoteKey, text) =>
        server.deliver(remoteKey, Buffer.from(text), Date.UTC(2026, 10, 20)),
      addKeyword: async (remoteKey, uid, keyword) => {
        const kept = server.mailbox(remoteKey).messages.get(uid)?.keywords ?? [];
        server.setKeywords(remoteKey, uid, [...kept, keyword]);
      },
      remove: async (remoteKey, uid) => server.remove(remoteKey, uid),
      rebuild: async (remoteKey) => server.rebuild(remoteKey),
      list: async (remoteKey) =>
        [...server.mailbox(remoteKey).messages.values()].map(({ uid, keywords }) => ({ uid, keywords })),
      cutAppend: async (cut) => {
        const faults = {
          before: 'offline',
          'without-effect': 'cut-before',
          'with-effect': 'cut-after',
        } as const;
        server.fault = faults[cut];
      },
      mend: () => {
        server.fault = null;
      },
    },
    dispose: () => connector.close(),
  };
});

test('faults: unreachable, and a link that breaks before or after the effect', async () => {
  const server = new FakeMailServer();
  const connector = createFakeConnector(server);
  const signal = new AbortController().signal;
  server.deliver('INBOX', Buffer.from(source('a')), 0);
  server.fault = 'offline';
  expect(await connector.listMailboxes(signal)).toMatchObject({ ok: false, failure: { kind: 'offline' } });
  const { uidValidity } = server.status('INBOX');
  const action: PushAction = {
    kind: 'delete',
    remoteKey: 'INBOX',
    messages: [{ uidValidity, uid: 1, identity: null }],
  };
  for (const [fault, left] of [
    ['cut-before', 1],
    ['cut-after', 0],
  ] as const) {
    server.fault = fault;
    const outcome = await connector.push(action, { source: null, destination: null }, signal);
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'unknown-outcome' } });
    expect(server.mailbox('INBOX').messages.size).toBe(left);
    expect(server.fault).toBeNull();
  }
});
