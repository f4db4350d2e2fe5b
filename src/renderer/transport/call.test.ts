import { expect, test } from 'vitest';
import { call, setCallBridge } from './call';

function answering(answer: unknown): void {
  // What a host sends is not trusted to be what the type says.
  setCallBridge({ call: () => Promise.resolve(answer as never) });
}

test('an answer that keeps the contract is a value', async () => {
  answering({ ok: true, value: ['a@b.example'] });
  expect(await call('remoteContent.list', {})).toEqual({ ok: true, value: ['a@b.example'] });
});

test('a failure arrives as it was said', async () => {
  const failure = { kind: 'offline', message: 'No connection.', hint: 'Try later.' };
  answering({ ok: false, failure });
  expect(await call('status.get', {})).toEqual({ ok: false, failure });
});

test.each([
  ['a value of the wrong shape', { ok: true, value: [7] }],
  ['no reply at all', undefined],
  ['a failure without words', { ok: false, failure: { kind: 'offline' } }],
  ['an unknown kind of failure', { ok: false, failure: { kind: 'gremlins', message: 'Boo' } }],
])('%s is an internal failure, never an exception', async (_name, answer) => {
  answering(answer);
  expect(await call('remoteContent.list', {})).toMatchObject({ ok: false, failure: { kind: 'internal' } });
});

test('a bridge that throws is an internal failure', async () => {
  setCallBridge({ call: () => Promise.reject(new Error('gone')) });
  expect(await call('status.get', {})).toMatchObject({ ok: false, failure: { kind: 'internal' } });
});
