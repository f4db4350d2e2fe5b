import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../src/sync/ports/logger';
import { openStore, type Store } from '../../src/sync/store/open-store';
import { createFakeClock, type FakeClock } from './fake-clock';

const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export interface TestStore {
  readonly store: Store;
  readonly clock: FakeClock;
  readonly profileDir: string;
  /** Closes the database and removes the folder. */
  remove(): void;
}

/** An empty store as it was closed: running every migration is most of the time of a small test. */
let empty: Buffer | null = null;

/** A store on a real file in a folder of its own. */
export function openTestStore(): TestStore {
  const profileDir = mkdtempSync(join(tmpdir(), 'homeport-store-'));
  const clock = createFakeClock();
  const path = join(profileDir, 'homeport.sqlite');
  const open = () => openStore(path, { clock, logger: SILENT });
  if (empty === null) {
    open().close();
    empty = readFileSync(path);
  } else writeFileSync(path, empty, { mode: 0o600 });
  const store = open();
  return {
    store,
    clock,
    profileDir,
    remove: () => {
      if (store.write.open) store.close();
      rmSync(profileDir, { recursive: true, force: true });
    },
  };
}
