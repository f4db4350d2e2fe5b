import { expect, test } from 'vitest';
import { RequestId } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import { createRequests } from './requests';

const id = RequestId.parse('r1');

test('a request that is cancelled is answered at once and its work is told to stop', async () => {
  const requests = createRequests();
  let stopped = false;
  const answer = requests.run(id, (signal) => {
    signal.addEventListener('abort', () => {
      stopped = true;
    });
    return new Promise(() => undefined);
  });
  expect(requests.cancel(id)).toBe(true);
  expect(await answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(stopped).toBe(true);
  expect(requests.cancel(id)).toBe(false);
});

test('what has ended cannot be cancelled, and its name is free again', async () => {
  const requests = createRequests();
  expect(await requests.run(id, async () => ok(1))).toEqual(ok(1));
  expect(requests.cancel(id)).toBe(false);
  const failing = requests.run(id, async () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  expect(await requests.run(id, async () => ok(2))).toEqual(ok(2));
});

test('two of one name do not stop each other', async () => {
  const requests = createRequests();
  let end = (): void => undefined;
  const first = requests.run(
    id,
    () =>
      new Promise<Outcome<string>>((resolve) => {
        end = () => resolve(ok('first'));
      }),
  );
  expect(await requests.run(id, async () => ok('second'))).toMatchObject({
    ok: false,
    failure: { kind: 'conflict' },
  });
  end();
  expect(await first).toEqual(ok('first'));
});

test('a request without a name is only done', async () => {
  expect(await createRequests().run(undefined, async (signal) => ok(signal.aborted))).toEqual(ok(false));
});
