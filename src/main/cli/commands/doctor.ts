import { stat } from 'node:fs/promises';
import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { rowsOf } from '../shapes';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly hint: string;
}

/** CLI-050, APP-417: what is broken and the next step; exit 1 when something is. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'Check the profile, the store and every account',
  flags: [{ name: 'repair', help: 'Also repair what can be repaired; keeps a copy' }],
  example: 'homeport doctor',
  run: async (args, context) => {
    // Looked at first: opening a profile closes it to others.
    const profile = await profileCheck(context.profileDir);
    const session = await context.open('network');
    if (!session.ok) return session;
    const engine = await session.value.call('doctor.run', { repair: args.has('repair') });
    if (!engine.ok) return engine;
    const rows: Check[] = [profile, ...engine.value];
    const lines = rows.map(
      (row) => `${row.ok ? '✓' : '✗'} ${row.name}: ${row.detail}${row.hint ? `\n    ${row.hint}` : ''}`,
    );
    return ok({
      kind: 'data',
      json: rowsOf(rows),
      text: lines.join('\n'),
      exitCode: rows.every((row) => row.ok) ? 0 : 1,
    });
  },
};

async function profileCheck(profileDir: string): Promise<Check> {
  const facts = await stat(profileDir).catch(() => null);
  const closed = facts === null || process.platform === 'win32' || (facts.mode & 0o077) === 0;
  return {
    name: 'profile',
    ok: closed,
    detail: closed
      ? 'The profile is for its user only.'
      : 'Other users could look into the profile until now.',
    hint: closed ? '' : `It is closed now; if it opens again, find what runs chmod on ${profileDir}.`,
  };
}
