import { expect, test } from 'vitest';
import { readAtMost } from './read-at-most';

/** Three bytes at a time, without end; counts what was taken. */
function endless(headers: Record<string, string> = {}): {
  response: Response;
  taken(): number;
  ended(): boolean;
} {
  let taken = 0;
  let ended = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        taken += 3;
        controller.enqueue(new Uint8Array([1, 2, 3]));
      },
      cancel: () => {
        ended = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(stream, { headers }), taken: () => taken, ended: () => ended };
}

test('a body up to the limit is read whole, in order', async () => {
  const chunks = [new Uint8Array([1, 2]), new Uint8Array([3]), new Uint8Array([4, 5])];
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  expect(new Uint8Array((await readAtMost(new Response(stream), 5)) as ArrayBuffer)).toEqual(
    new Uint8Array([1, 2, 3, 4, 5]),
  );
  expect((await readAtMost(new Response(null), 5))?.byteLength).toBe(0);
});

test('a longer one is given up where the limit is passed, although nothing told its length', async () => {
  const { response, taken, ended } = endless();
  expect(await readAtMost(response, 7)).toBeNull();
  expect([taken(), ended()]).toEqual([9, true]);
});

test('one that tells its length is not begun', async () => {
  const { response, taken, ended } = endless({ 'content-length': '8' });
  expect(await readAtMost(response, 7)).toBeNull();
  expect([taken(), ended()]).toEqual([0, true]);
});
