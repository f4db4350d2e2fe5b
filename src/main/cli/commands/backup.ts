import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fail, ok } from '../../../shared/outcome';
import { inspectStore } from '../../core/inspect-store';
import { toFailureView } from '../../core/to-failure-view';
import type { Command } from '../command';
import { usage } from '../usage';

/** CLI-050: a consistent copy while everything runs, opened and checked. Passwords are not part of it. */
export const backup: Command = {
  name: 'backup',
  summary: 'Copy the mail store into a folder, also while Homeport runs',
  words: 'DIR',
  least: 1,
  most: 1,
  flags: [],
  example: 'homeport backup ~/homeport-backup',
  run: async (args, context) => {
    const directory = resolve(args.words[0] ?? '');
    const made = await mkdir(directory, { recursive: true, mode: 0o700 }).then(
      () => true,
      () => false,
    );
    if (!made) return usage(`The folder ${directory} cannot be made.`, 'Choose another one.');
    const session = await context.open('store');
    if (!session.ok) return session;
    const done = await session.value.call('backup.create', { directory });
    if (!done.ok) return done;
    const copy = await inspectStore(directory, context.buildDir);
    if (!copy.ok) return fail(toFailureView(copy.failure));
    const { messages, problems } = copy.value;
    if (problems.length > 0) {
      return fail({
        kind: 'internal',
        message: `The copy is not sound: ${problems[0]}`,
        hint: 'Run homeport doctor, then make the backup again in another folder.',
      });
    }
    const json = { ...done.value, messages, verified: true };
    return ok({ kind: 'data', json, text: `${done.value.file} (${done.value.bytes} bytes), checked` });
  },
};
