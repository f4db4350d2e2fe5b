import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import type { FailureView } from '../../../shared/contract/views';
import { ok } from '../../../shared/outcome';
import { lastServedPort } from '../../profile/served-port';
import type { Command, CommandResult } from '../command';
import { toCliError } from '../failure-kinds';
import { parseCount } from '../lookup';
import type { Session } from '../session';
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
  flags: [
    { name: 'repair', help: 'Also repair what can be repaired; keeps a copy' },
    {
      name: 'ui-port',
      value: 'N',
      help: 'Whether serve could use this port; without it the one it used last',
    },
  ],
  example: 'homeport doctor',
  run: async (args, context) => {
    const port = parseCount('ui-port', args.get('ui-port'), 0, 65_535);
    if (!port.ok) return port;
    // Looked at first: opening a profile closes it to others.
    const profile = await profileCheck(context.profileDir);
    const session = await context.open('network');
    if (!session.ok) return withoutStore(profile, session.failure);
    const engine = await session.value.call('doctor.run', { repair: args.has('repair') });
    if (!engine.ok) return engine;
    const asked = args.has('ui-port') ? port.value : await lastServedPort(resolve(context.profileDir));
    const ports = asked === null ? [] : [await portCheck(asked, session.value)];
    return answer([profile, ...ports, ...engine.value]);
  },
};

function answer(rows: readonly Check[]): CommandResult {
  const lines = rows.map(
    (row) => `${row.ok ? '✓' : '✗'} ${row.name}: ${row.detail}${row.hint ? `\n    ${row.hint}` : ''}`,
  );
  return ok({
    kind: 'data',
    json: rowsOf(rows),
    text: lines.join('\n'),
    exitCode: rows.every((row) => row.ok) ? 0 : 1,
  });
}

/** A full disk, a folder that is none: what keeps Homeport from starting is what is broken. */
function withoutStore(profile: Check, failure: FailureView): CommandResult {
  const { message, hint } = toCliError(failure);
  const name = failure.kind === 'limit' ? 'disk-space' : 'start';
  return answer([profile, { name, ok: false, detail: message, hint }]);
}

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

/** Free, or used by the very Homeport that runs on this profile. */
async function portCheck(port: number, session: Session): Promise<Check> {
  const free = await canListen(port);
  const link = free || session.own ? null : await session.call('session.link', {});
  const ours = link?.ok === true && URL.parse(link.value.url)?.port === String(port);
  return {
    name: 'ui-port',
    ok: free || ours,
    detail: free
      ? `Port ${port} is free.`
      : ours
        ? `Homeport serves its window on port ${port}.`
        : `Port ${port} is taken by another program, or this user may not use it.`,
    hint: free || ours ? '' : 'Choose another with serve --ui-port, or 0 for a free one.',
  };
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve(true)));
  });
}
