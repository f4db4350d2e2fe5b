import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FailureView } from '../../../shared/contract/views';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { inspectStore, type StoreContents } from '../../core/inspect-store';
import { toFailureView } from '../../core/to-failure-view';
import { openProfile } from '../../profile/open-profile';
import { adoptStore, hasMailStore, stageStore, wasReplaced } from '../../profile/restore-files';
import { waitForProfile } from '../../profile/wait-for-profile';
import type { Command } from '../command';

/**
 * CLI-050: a backup takes the place of the mail store, but only after a copy of it was opened and checked. The store
 * that was there is kept in a folder that can be restored the same way. Refused while Homeport runs on the profile: it
 * would go on with what it has in memory.
 */
export const restore: Command = {
  name: 'restore',
  summary: 'Put a checked backup in the place of the mail store, and keep that one',
  words: 'DIR',
  least: 1,
  most: 1,
  flags: [],
  example: 'homeport restore ~/homeport-backup',
  run: async (args, context) => {
    const directory = resolve(args.words[0] ?? '');
    if (!(await hasMailStore(directory))) {
      return fail({
        kind: 'not-found',
        message: `There is no backup in ${directory}.`,
        hint: 'Name a folder that homeport backup has made.',
      });
    }
    const profile = await waitForProfile(() => openProfile(context.profileDir), context.signal);
    if (profile.kind === 'unusable') return fail(toFailureView(profile.failure));
    if (profile.kind === 'held') {
      return fail({
        kind: 'conflict',
        message: `Homeport runs on this profile (process ${profile.pid}).`,
        hint: 'Stop it, restore, and start it again.',
      });
    }
    try {
      const staged = await stageStore(directory, profile.dir);
      const checked = await checkStaged(staged, context.buildDir);
      if (!checked.ok) {
        await rm(staged, { recursive: true, force: true });
        return checked;
      }
      const { accounts, messages } = checked.value;
      const previous = await adoptStore(staged, profile.dir, Date.now());
      const kept = previous === null ? '' : ` What was there before is kept in ${previous}.`;
      return ok({
        kind: 'data',
        json: { restored: true, accounts, messages, previous },
        text: `Restored ${accounts} accounts with ${messages} messages.${kept} Passwords are not part of a backup.`,
      });
    } finally {
      profile.lock.release();
    }
  },
};

async function checkStaged(staged: string, buildDir: string): Promise<Outcome<StoreContents, FailureView>> {
  const contents = await inspectStore(staged, buildDir);
  if (!contents.ok) return fail(toFailureView(contents.failure));
  const broken = await wasReplaced(staged);
  if (!broken && contents.value.problems.length === 0) return contents;
  return fail({
    kind: 'invalid',
    message: broken ? 'The backup is damaged.' : `The backup is damaged: ${contents.value.problems[0]}`,
    hint: 'Nothing was changed. Use another backup.',
  });
}
