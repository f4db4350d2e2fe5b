import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { until } from './engine-support';
import { addImapAccount, homeport, homeportJson } from './homeport-process';
import { mail } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

/** Everything below a folder that others than its owner may touch. */
function openToOthers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .concat(folder)
    .flatMap((path) => {
      const { mode } = lstatSync(path);
      return mode & 0o077 ? [`${path} ${(mode & 0o777).toString(8)}`] : [];
    });
}

test('APP-372 a used profile is closed to others, nothing is left outside of it, and no core is dumped', async () => {
  const user = await server.addUser();
  const large = mail('large', {
    subject: 'Large',
    body: randomBytes(90_000).toString('base64').replace(/.{76}/g, '$&\r\n'),
  });
  await server.append(user, large);
  for (const at of [1, 2, 3]) await server.append(user, mail(`m${at}`));
  const profile = newProfile();
  const temporary = join(dirname(profile), 'tmp');
  mkdirSync(temporary);
  // The umask of a shell that shares everything.
  const umask = process.umask(0);
  try {
    const env = { TMPDIR: temporary };
    const host = await serveHere(profile, [], env);
    await addImapAccount(profile, user, server.imapPort);
    await homeportJson(profile, ['sync', '--wait'], { env });
    const { rows } = await homeportJson<{ rows: { id: string; subject: string }[] }>(profile, ['list'], {
      env,
    });
    const id = rows.find(({ subject }) => subject === 'Large')?.id ?? '';
    expect((await homeport(profile, ['show', id, '--source'], { env })).stdout.length).toBe(large.length);
    await until('the large message is a file', () => readdirSync(profile).includes('blobs'));
    await homeportJson(profile, ['mutate', 'archive', id], { env });
    await homeport(profile, ['doctor', '--repair', '--json'], { env });
    await homeportJson(profile, ['backup', join(profile, 'copy')], { env });
    expect(readdirSync(profile)).toEqual(
      expect.arrayContaining(['homeport.sqlite', 'blobs', 'backups', 'copy']),
    );
    expect(openToOthers(profile)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    if (process.platform === 'linux') {
      const limits = readFileSync(`/proc/${host.ready.pid}/limits`, 'utf8');
      expect(limits).toMatch(/^Max core file size\s+0\s+0\s/m);
    }
    await host.stop();
    expect(openToOthers(profile)).toEqual([]);
  } finally {
    process.umask(umask);
  }
});
