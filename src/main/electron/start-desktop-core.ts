import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostEvent } from '../../shared/contract/events';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Clock } from '../../sync/ports/clock';
import type { Logger } from '../../sync/ports/logger';
import type { NetworkState } from '../../sync/ports/network';
import { CLIENT } from '../app-info';
import { type ContentService, createContentService } from '../content/content-service';
import type { HostMethods } from '../core/host-methods';
import { createMethodStats } from '../core/method-stats';
import { startWorkers, type Workers } from '../core/start-workers';
import { chooseEngineHost } from '../engine-host/choose-host';
import { logLevel, tracing } from '../log-level';
import { type LocalServer, startLocalServer } from '../profile/local-server';
import type { OpenedProfile } from '../profile/open-profile';
import { createRouter, type Router } from '../router';
import { layerVaults } from '../vault/layered-vault';
import { openSafeStorageVault, type SafeStorage } from '../vault/safe-storage-vault';
import { openSealedFileVault } from '../vault/sealed-file-vault';
import { findVaultKey } from '../vault/vault-key';
import { watchLoopDelay } from '../workers/watch-loop-delay';
import type { DesktopMethodsOptions } from './host-methods';
import { createPrivateCopies } from './private-copies';

export interface DesktopCore {
  readonly call: Router;
  readonly content: ContentService;
  publish(event: HostEvent): void;
  onEvent(listener: (event: HostEvent) => void): () => void;
  reportNetwork(state: NetworkState): void;
  reportPower(onBattery: boolean): void;
  reconnect(): void;
  stop(): Promise<void>;
}

export interface DesktopCoreOptions {
  readonly profile: Extract<OpenedProfile, { kind: 'owned' }>;
  readonly buildDir: string;
  readonly safeStorage: SafeStorage;
  readonly network: NetworkState;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Makes the handlers once vault, content and workers are there. */
  readonly hostMethods: (
    parts: Pick<
      DesktopMethodsOptions,
      'vault' | 'vaultKind' | 'content' | 'readBytes' | 'reader' | 'copies' | 'loopDelay' | 'stats'
    >,
  ) => HostMethods;
}

/** Profile, vaults, workers, router and local socket of the desktop host; what `start-headless` is for the other. */
export async function startDesktopCore(options: DesktopCoreOptions): Promise<Outcome<DesktopCore>> {
  const { profile, buildDir, clock, logger } = options;
  const engineHost = await chooseEngineHost(buildDir);
  if (!engineHost.ok) return engineHost;
  const key = await findVaultKey(profile.dir, { passphraseFile: null, env: process.env });
  if (!key.ok) return key;
  const sealed = await openSealedFileVault(profile.dir, key.value);
  if (!sealed.ok) return sealed;
  const keychain = await openSafeStorageVault(profile.dir, options.safeStorage, process.platform);
  const vault = keychain === null ? sealed.value : layerVaults(keychain, sealed.value);

  const init = {
    profileDir: profile.dir,
    client: CLIENT,
    logLevel: logLevel(),
    network: options.network,
    autonomous: true,
    trace: tracing(),
  };
  const started = await startWorkers({ host: engineHost.value, init, vault, clock, logger });
  if (!started.ok) return fail(started.failure);
  const workers: Workers = started.value;
  const content = createContentService({
    clock,
    content: workers.content,
    readViewerScript: () => readFile(join(buildDir, '../renderer/viewer.js'), 'utf8'),
  });
  const copies = createPrivateCopies(join(profile.dir, 'opened'));
  await copies.clear();
  const mainDelay = tracing() ? watchLoopDelay() : null;
  const stats = createMethodStats(clock);
  const host = options.hostMethods({
    stats,
    vault,
    vaultKind: keychain === null ? 'sealed-file' : 'safe-storage',
    content,
    readBytes: workers.content,
    reader: workers.reader,
    copies,
    loopDelay: async () => {
      const engine = await workers.engineDelay();
      return engine === null || mainDelay === null ? null : { engine, main: mainDelay() };
    },
  });
  const call = createRouter({ engine: workers.engine, reader: workers.reader, host, logger, stats });
  const local: LocalServer = await startLocalServer({
    autonomous: true,
    path: profile.socketPath,
    call,
    onEvent: workers.onEvent,
  });
  return ok({
    call,
    content,
    publish: workers.publish,
    onEvent: workers.onEvent,
    reportNetwork: workers.reportNetwork,
    reportPower: workers.reportPower,
    reconnect: workers.reconnect,
    stop: async () => {
      await Promise.all([workers.stop(), local.close(), copies.clear()]);
      profile.lock.release();
    },
  });
}
