import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { usage } from '../usage';

/** CLI-050: a consistent copy while everything runs. Passwords are not part of it. */
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
    return ok({ kind: 'data', json: done.value, text: `${done.value.file} (${done.value.bytes} bytes)` });
  },
};
