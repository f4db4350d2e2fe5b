import { mkdtempSync, rmSync } from 'node:fs';
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

/** A store on a real file in a folder of its own. */
export function openTestStore(): TestStore {
  const profileDir = mkdtempSync(join(tmpdir(), 'homeport-store-'));
  const clock = createFakeClock();
  const store = openStore(join(profileDir, 'homeport.sqlite'), { clock, logger: SILENT });
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
