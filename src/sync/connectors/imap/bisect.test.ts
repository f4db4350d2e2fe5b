import { expect, test } from 'vitest';
import { ok } from '../../../shared/outcome';
import { inBatches } from './bisect';
import { translateRefusal } from './failure-translation';
import { doneItems } from './push-run';
import { readStatus } from './response-line';
import type { CommandResult } from './session';

const messages = Array.from({ length: 500 }, (_, at) => ({ uidValidity: '1', uid: at + 1, identity: null }));
const refusal = (text: string): CommandResult<never> => {
  const status = readStatus(`A1 ${text}`);
  return { ok: false, error: { kind: 'refused', status, failure: translateRefusal(status) } };
};

test('one bad message of 500 fails alone, with few extra commands', async () => {
  let commands = 0;
  const reply = await inBatches(messages, async (_set, batch) => {
    commands++;
    return batch.some(({ uid }) => uid === 321) ? refusal('NO cannot touch this one') : ok(doneItems(batch));
  });
  if (!reply.ok) throw new Error('ended early');
  expect(reply.value.filter(({ result }) => result === 'failed').map(({ uid }) => uid)).toEqual([321]);
  expect(reply.value).toHaveLength(500);
  expect(commands).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(500)));
});

test('a refusal that concerns all is not repeated for halves', async () => {
  let commands = 0;
  const reply = await inBatches(messages, async () => {
    commands++;
    return refusal('NO [TRYCREATE] none');
  });
  expect(reply.ok && reply.value.every(({ result }) => result === 'failed')).toBe(true);
  expect(commands).toBe(1);
});

test('a server that asks for a pause fails the action, not its messages', async () => {
  const reply = await inBatches(messages, async () => refusal('NO [UNAVAILABLE] later'));
  expect(reply).toMatchObject({ ok: false, error: { failure: { kind: 'offline' } } });
});
