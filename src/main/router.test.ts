import { expect, test } from 'vitest';
import { createFakeClock } from '../../test/fakes/fake-clock';
import { METHODS } from '../shared/contract/methods';
import { fail, ok } from '../shared/outcome';
import { HOST_METHOD_NAMES, type HostMethods } from './core/host-methods';
import { createMethodStats } from './core/method-stats';
import { createRouter } from './router';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

function router(answer: (method: string, input: unknown) => Promise<unknown> = async () => ok([])) {
  const asked: unknown[] = [];
  const ask = (place: string) => async (method: string, input: unknown) => {
    asked.push([place, method, input]);
    return (await answer(method, input)) as never;
  };
  const host = Object.fromEntries(
    HOST_METHOD_NAMES.map((name) => [name, (input: unknown) => ask('host')(name, input)]),
  );
  const call = createRouter({
    engine: ask('engine'),
    reader: ask('reader'),
    host: host as unknown as HostMethods,
    logger: silent,
    stats: createMethodStats(createFakeClock()),
  });
  return { call, asked };
}

test('every method goes to its place', async () => {
  const { call, asked } = router(async (method) =>
    method === 'vault.put' ? ok({ secretRef: 'a' }) : method === 'accounts.list' ? ok([]) : ok(null),
  );
  expect(await call('accounts.list', {})).toEqual({ ok: true, value: [] });
  expect(await call('sync.setOffline', { offline: true })).toEqual({ ok: true, value: null });
  expect(await call('vault.put', { secret: 's' })).toEqual({ ok: true, value: { secretRef: 'a' } });
  expect(asked.map((entry) => (entry as string[])[0])).toEqual(['reader', 'engine', 'host']);
});

test('the names of the host methods are those of the contract', () => {
  const inContract = Object.entries(METHODS).filter(([, method]) => method.place === 'host');
  expect([...HOST_METHOD_NAMES].sort()).toEqual(inContract.map(([name]) => name).sort());
});

test.each([
  ['no method', 'nothing.here', {}, 'not-found'],
  ['a name every object has', 'constructor', {}, 'not-found'],
  ['a name every object hides', '__proto__', {}, 'not-found'],
  ['a field too many', 'accounts.list', { all: true }, 'invalid'],
  ['a field of another type', 'messages.get', { messageId: '1' }, 'invalid'],
  ['no object', 'accounts.list', null, 'invalid'],
  ['a huge text', 'settings.set', { patch: { a: 'x'.repeat(1_100_000) } }, 'limit'],
  ['a huge list', 'settings.set', { patch: { a: Array.from({ length: 400_000 }, () => 1) } }, 'limit'],
])('APP-362 refuses %s before any worker sees it', async (_what, method, input, kind) => {
  const { call, asked } = router();
  expect(await call(method, input)).toMatchObject({ ok: false, failure: { kind } });
  expect(asked).toEqual([]);
});

test('APP-362 an answer that breaks the contract does not leave', async () => {
  const { call } = router(async () => ok([{ id: 'one' }]));
  expect(await call('accounts.list', {})).toMatchObject({ ok: false, failure: { kind: 'internal' } });
});

test('an answer keeps only the fields of the contract', async () => {
  const { call } = router(async () => ok({ secretRef: 'a', secret: 'pssst' }));
  expect(await call('vault.put', { secret: 's' })).toEqual({ ok: true, value: { secretRef: 'a' } });
});

test('APP-362 an answer above the limit becomes a failure', async () => {
  const { call } = router(async () => ok({ raw: 'x'.repeat(1_100_000) }));
  expect(await call('messages.headers', { messageId: 1 })).toMatchObject({
    ok: false,
    failure: { kind: 'limit' },
  });
});

test('failures come as the contract shows them, and thrown errors without their text', async () => {
  const failing = router(async () => fail({ kind: 'auth', reason: 'expired', message: 'Sign in again.' }));
  expect(await failing.call('status.get', {})).toEqual({
    ok: false,
    failure: { kind: 'auth', reason: 'expired', message: 'Sign in again.' },
  });
  const throwing = router(async () => {
    throw new Error('subject: secret plans');
  });
  const reply = await throwing.call('status.get', {});
  expect(reply).toMatchObject({ ok: false, failure: { kind: 'internal' } });
  expect(JSON.stringify(reply)).not.toContain('secret plans');
});
