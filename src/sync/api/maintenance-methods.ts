import { existsSync } from 'node:fs';
import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImapAccountInput, MethodOutput } from '../../shared/contract/methods';
import type { ProbeView } from '../../shared/contract/views';
import type { Failure } from '../../shared/failure';
import { fail, ok } from '../../shared/outcome';
import { plural } from '../../shared/plural';
import { diskNeed } from '../engine/disk-need';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { listAccounts } from '../store/read/accounts';
import { outboxCounts } from '../store/read/outbox';
import { getSetting } from '../store/read/settings';
import { submissionOf } from '../store/read/submission';
import { latestWork } from '../store/read/upkeep';
import { checkIntegrity, markForRescue, needsRescue, repair, setAsideFiles } from '../store/repair';
import { setSetting } from '../store/write/settings';
import { copyBlobFiles, copyDatabase } from './copy-store';
import type { EngineHandlers } from './method-handlers';

type Check = MethodOutput<'doctor.run'>[number];

/** Below this much free disk new mail may not fit; the number is what a busy day of mail takes, tenfold. */
const LEAST_FREE_BYTES = 1_000_000_000;

/** Clocks are set by a little all the time. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

type Names =
  | 'doctor.run'
  | 'backup.create'
  | 'integrity.state'
  | 'integrity.noteFullCheck'
  | 'integrity.mend';

const FULL_CHECK_KEY = 'store.full-check';

export interface MaintenanceDeps {
  readonly store: Store;
  readonly ports: Ports;
  readonly probe: (settings: ImapAccountInput) => Promise<ProbeView>;
}

/** Names what is broken and the next step (CLI-050). */
export function maintenanceMethods({ store, ports, probe }: MaintenanceDeps): Pick<EngineHandlers, Names> {
  return {
    'backup.create': async ({ directory }) => {
      const file = join(directory, basename(store.path));
      // Also when it is our own folder: a store in use must never be written over.
      if (existsSync(file)) {
        return fail({
          kind: 'conflict',
          message: 'There is a mail store in that folder already.',
          hint: 'Choose an empty folder.',
        });
      }
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await copyDatabase(store, file);
        await copyBlobFiles(store, join(directory, basename(store.blobFiles.directory)));
        return ok({ file, bytes: (await stat(file)).size });
      } catch (error) {
        // Half a backup must not look like one.
        await rm(file, { force: true });
        return fail(backupFailure(error, directory));
      }
    },

    'integrity.state': async () => {
      const at = getSetting(store.read, FULL_CHECK_KEY);
      return ok({ clean: store.startedClean, fullCheckAt: typeof at === 'number' ? at : null });
    },

    'integrity.noteFullCheck': async () => {
      store.writeTx('server', (tx) => setSetting(tx, FULL_CHECK_KEY, tx.nowMs));
      return ok(null);
    },

    'integrity.mend': async ({ brokenFile }) => {
      if (!brokenFile) return repair(store, ports.clock.now());
      markForRescue(store.path);
      return ok(null);
    },

    'doctor.run': async (input) => {
      if (input.repair) {
        const repaired = repair(store, ports.clock.now());
        if (!repaired.ok) return fail(repaired.failure);
      }
      const database = [...databaseChecks(store), ...setAsideChecks(store)];
      // Whatever else would be read from a broken file could not be trusted.
      if (database.some((check) => check.name === 'database-file' && !check.ok))
        return ok([...database, await diskCheck(store, ports)]);
      const accounts = await Promise.all(
        listAccounts(store.read).map((account) => checkAccount(account, ports, probe)),
      );
      return ok([
        ...database,
        clockCheck(store, ports.clock.now()),
        await diskCheck(store, ports),
        ...accounts.flat(),
        ...outboxChecks(store),
      ]);
    },
  };
}

function databaseChecks(store: Store): Check[] {
  return checkIntegrity(store, { full: true }).map(({ name, problems }) => ({
    name,
    ok: problems.length === 0,
    detail: problems.length === 0 ? 'No problem found.' : problems.slice(0, 5).join(' '),
    hint: problems.length === 0 ? '' : databaseHint(name, needsRescue(store.path)),
  }));
}

function databaseHint(name: string, marked: boolean): string {
  if (name !== 'database-file') return 'Run doctor --repair; a copy of the database is kept.';
  return marked
    ? 'Start Homeport again: the last good backup takes the place of the file, and newer mail is loaded again.'
    : 'Run doctor --repair and start Homeport again: the last good backup takes its place.';
}

/** A store that was replaced because it could not be read is news until somebody has looked. */
function setAsideChecks(store: Store): Check[] {
  return setAsideFiles(store.path).map(({ file, at }) => ({
    name: 'replaced-store',
    ok: false,
    detail: `The mail store was damaged on ${new Date(at).toISOString()} and was set aside as ${file}. The last good backup took its place, with accounts, settings and waiting changes of the last hour.`,
    hint: 'See homeport account list and add what is missing. Delete the file when nothing is.',
  }));
}

/** Our own records cannot be from the future: then the clock is behind. */
function clockCheck(store: Store, nowMs: number): Check {
  const latest = latestWork(store.read);
  const behind = latest !== null && latest - nowMs > CLOCK_TOLERANCE_MS;
  const now = new Date(nowMs).toISOString();
  return {
    name: 'clock',
    ok: !behind,
    detail: behind
      ? `The clock of this computer says ${now}, but Homeport was at work on ${new Date(latest).toISOString()}.`
      : `It is ${now}.`,
    hint: behind ? 'Set the clock: mail is sorted and certificates are judged by it.' : '',
  };
}

/** Messages that wait for a person's word, or have waited for long. */
function outboxChecks(store: Store): Check[] {
  return listAccounts(store.read).flatMap((account): Check[] => {
    if (!submissionOf(account)) return [];
    const { waiting, attention } = outboxCounts(store.read, account.id);
    const words = `${attention} ${plural(attention, { one: 'message needs', other: 'messages need' })}`;
    return [
      {
        name: `outbox ${account.id}`,
        ok: attention === 0,
        detail: attention === 0 ? `${waiting} waiting to be sent.` : `${words} a decision.`,
        hint: attention === 0 ? '' : 'See homeport outbox list, then retry or discard.',
      },
    ];
  });
}

async function diskCheck(store: Store, ports: Ports): Promise<Check> {
  const { bavail, bsize } = await statfs(ports.profileDir);
  const free = bavail * bsize;
  const needed = diskNeed(store);
  const detail = `${Math.round(free / 1_000_000)} MB free.`;
  if (needed !== null) {
    const hint = `Free about ${Math.ceil(needed / 1_000_000)} MB; it goes on by itself then.`;
    return { name: 'disk-space', ok: false, detail: `${detail} New mail is not stored.`, hint };
  }
  const enough = free >= LEAST_FREE_BYTES;
  const hint = enough ? '' : 'Free some disk space: new mail may not fit.';
  return { name: 'disk-space', ok: enough, detail, hint };
}

async function checkAccount(
  account: ReturnType<typeof listAccounts>[number],
  ports: Ports,
  probe: MaintenanceDeps['probe'],
): Promise<Check[]> {
  if (!account.settings || account.paused) return [];
  const name = `account ${account.id}`;
  if ((await ports.vault.get(account.settings.secretRef)) === null) {
    return [{ name, ok: false, detail: 'Its password is no longer in the vault.', hint: 'Sign in again.' }];
  }
  const probed = await probe(account.settings);
  const broken = probed.steps.find((step) => !step.ok);
  return [
    {
      name,
      ok: probed.verdict === 'ok',
      detail: broken?.failure?.message ?? 'The server answers and the login works.',
      hint: broken ? (broken.failure?.hint ?? 'Look at the account settings.') : '',
    },
  ];
}

/** Of the disk of the backup, which need not be the one of the profile. */
function backupFailure(error: unknown, directory: string): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(code))
    return {
      kind: 'limit',
      bound: 'disk',
      message: `There is no room for the backup in ${directory}.`,
      hint: 'Choose a folder on another disk, or free some space.',
    };
  if (!/^(SQLITE_(CANTOPEN|READONLY|IOERR)|E[A-Z]+)/.test(code)) throw error;
  return {
    kind: 'invalid',
    message: `The backup cannot be written to ${directory}.`,
    hint: 'Choose a folder this user may write in.',
  };
}
