import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { putBlob, readBlob } from './blobs';
import { collectBlobs } from './collect-blobs';
import { COLLECTIONS } from './collections';
import { packBlob } from './pack-body';

let it: TestStore;
beforeEach(() => {
  it = openTestStore();
});
afterEach(() => it.remove());

test('content nothing refers to goes in short turns, however much it is, with its files', async () => {
  const { store } = it;
  const hashes = store.writeTx('server', (tx) => {
    tx.log(COLLECTIONS.bodies, 0, 'add');
    return Array.from({ length: 450 }, (_, at) =>
      putBlob(tx, packBlob(at === 0 ? randomBytes(100_000) : Buffer.from(`content ${at}`))),
    );
  });
  expect(store.blobFiles.read(hashes[0] ?? '')).not.toBeNull();
  let turns = 0;
  const rest = async () => {
    turns += 1;
  };
  await collectBlobs(store, rest, () => false);
  expect(turns).toBe(3);
  expect(hashes.filter((hash) => readBlob(store.read, store.blobFiles, hash) !== null)).toEqual([]);
  expect(store.blobFiles.read(hashes[0] ?? '')).toBeNull();
});
