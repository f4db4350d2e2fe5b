import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostEvent } from '../../shared/contract/events';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Logger } from '../../sync/ports/logger';
import { createStderrLogger } from '../../sync/ports/stderr-logger';
import { createSystemClock } from '../../sync/ports/system-clock';
import { CLIENT } from '../app-info';
import type { Content, ContentRequest } from '../content/content-part';
import { type ContentService, createContentService } from '../content/content-service';
import { createMethodStats } from '../core/method-stats';
import { startWorkers } from '../core/start-workers';
import { chooseEngineHost } from '../engine-host/choose-host';
import { type Access, createAccess } from '../http/access';
import { logLevel, tracing } from '../log-level';
import { type LocalServer, startLocalServer } from '../profile/local-server';
import type { OpenedProfile } from '../profile/open-profile';
import { createRouter, type Router } from '../router';
import { openSealedFileVault } from '../vault/sealed-file-vault';
import { findVaultKey } from '../vault/vault-key';
import { watchLoopDelay } from '../workers/watch-loop-delay';
import { createHeadlessMethods } from './host-methods';

export interface HeadlessOptions {
  readonly profile: Extract<OpenedProfile, { kind: 'owned' }>;
  /** Where engine.js, reader.js and, one folder up, renderer/ were built to. */
  readonly buildDir: string;
  readonly passphraseFile: string | null;
  /** False: nothing goes to the network by itself (a command that only looks something up). */
  readonly autonomous: boolean;
}

/** A running core without a window: the headless host, or a command for its own duration (CLI-004). */
export interface HeadlessHost {
  readonly call: Router;
  readonly access: Access;
  readonly content: ContentService;
  readonly logger: Logger;
  readBytes(request: ContentRequest): Promise<Outcome<Content>>;
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** Told once the window's server knows where it is. */
  setLinkMaker(createLink: () => string): void;
  /** With `drain`, what other commands have asked of us is answered first. */
  stop(options: { readonly drain: boolean }): Promise<void>;
}

/** Composition root of every process without Electron. Owns the profile until it is stopped. */
export async function startHeadless(options: HeadlessOptions): Promise<Outcome<HeadlessHost>> {
  const { profile, buildDir } = options;
  const clock = createSystemClock();
  const logger = createStderrLogger(clock, logLevel());
  const giveUp = <F>(failed: F): F => {
    profile.lock.release();
    return failed;
  };

  const engineHost = await chooseEngineHost(buildDir);
  if (!engineHost.ok) return giveUp(engineHost);
  const key = await findVaultKey(profile.dir, { passphraseFile: options.passphraseFile, env: process.env });
  if (!key.ok) return giveUp(key);
  const vault = await openSealedFileVault(profile.dir, key.value);
  if (!vault.ok) return giveUp(vault);

  const init = {
    profileDir: profile.dir,
    client: CLIENT,
    logLevel: logLevel(),
    network: 'online',
    autonomous: options.autonomous,
    trace: tracing(),
  } as const;
  const started = await startWorkers({ host: engineHost.value, init, vault: vault.value, clock, logger });
  if (!started.ok) return giveUp(fail(started.failure));
  const workers = started.value;

  const access = createAccess(clock);
  const content = createContentService({
    clock,
    content: workers.content,
    readViewerScript: () => readFile(join(buildDir, '../renderer/viewer.js'), 'utf8'),
  });
  let createLink: (() => string) | null = null;
  const mainDelay = tracing() ? watchLoopDelay() : null;
  const stats = createMethodStats(clock);
  const host = createHeadlessMethods({
    stats,
    vault: vault.value,
    content,
    createLink: () => createLink?.() ?? null,
    endSessions: access.endAll,
    loopDelay: async () => {
      const engine = await workers.engineDelay();
      return engine === null || mainDelay === null ? null : { engine, main: mainDelay() };
    },
  });
  const call = createRouter({ engine: workers.engine, reader: workers.reader, host, logger, stats });
  let local: LocalServer;
  try {
    local = await startLocalServer({
      path: profile.socketPath,
      call,
      autonomous: options.autonomous,
      onEvent: workers.onEvent,
    });
  } catch (error) {
    logger.error('local-socket.failed', { code: (error as NodeJS.ErrnoException).code });
    await workers.stop();
    return giveUp(
      fail({ kind: 'internal', message: 'The local socket of the profile could not be opened.' }),
    );
  }
  return ok({
    call,
    access,
    content,
    logger,
    readBytes: workers.content,
    onEvent: workers.onEvent,
    setLinkMaker: (maker) => {
      createLink = maker;
    },
    stop: async ({ drain }) => {
      if (drain) await local.drain();
      // Ending the workers answers what is still in flight, so the local server can hang up.
      await Promise.all([workers.stop(), local.close()]);
      profile.lock.release();
    },
  });
}
