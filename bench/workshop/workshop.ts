import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type DovecotServer, startDovecot } from '../../test/servers/start-dovecot';
import { type FilledUser, fillUser } from './fill-user';
import { buildLargeProfile, type LargeProfile } from './large-profile';

/** Messages of the mailbox that is synced. */
export const SYNCED_MESSAGES = 20_000;
/** Messages of the profile that is queried. */
export const LARGE_MESSAGES = 100_000;

/** What several benches need, made on first use and removed at the end. */
export interface Workshop {
  server(): Promise<DovecotServer>;
  /** A user with SYNCED_MESSAGES in the inbox, whose index the server has already built. Nobody may change it. */
  mailbox(): Promise<FilledUser>;
  /** A profile with LARGE_MESSAGES in one account. Nobody may write to it: see `copyOfLarge`. */
  largeProfile(): LargeProfile;
  /** The same in a folder of the caller's own. */
  copyOfLarge(): LargeProfile;
  /** An empty folder, removed at the end. */
  folder(): string;
  close(): Promise<void>;
}

export function openWorkshop(note: (text: string) => void): Workshop {
  const folders: string[] = [];
  let server: Promise<DovecotServer> | null = null;
  let mailbox: Promise<FilledUser> | null = null;
  let large: LargeProfile | null = null;
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), 'homeport-bench-'));
    folders.push(path);
    return path;
  };
  const workshop: Workshop = {
    folder,
    server: () => {
      server ??= startDovecot();
      return server;
    },
    mailbox: () => {
      mailbox ??= (async () => {
        note(`writing ${SYNCED_MESSAGES.toLocaleString('en')} messages for the mail server`);
        return fillUser(await workshop.server(), SYNCED_MESSAGES);
      })();
      return mailbox;
    },
    largeProfile: () => {
      if (large === null) {
        note(`storing ${LARGE_MESSAGES.toLocaleString('en')} messages`);
        large = buildLargeProfile(folder(), LARGE_MESSAGES);
      }
      return large;
    },
    copyOfLarge: () => {
      const original = workshop.largeProfile();
      const dir = folder();
      cpSync(original.dir, dir, { recursive: true });
      return { ...original, dir, databasePath: join(dir, basename(original.databasePath)) };
    },
    close: async () => {
      await (await server)?.stop();
      for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return workshop;
}
