import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProfile } from './open-profile';
import { processStart } from './process-start';
import { takeProfileLock } from './profile-lock';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeport-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const lockFile = () => join(dir, 'profile.lock');

test('SYNC-394 one owner at a time; a released profile can be taken again', () => {
  const first = takeProfileLock(dir);
  expect(takeProfileLock(dir)).toEqual({ heldBy: process.pid });
  if ('release' in first) first.release();
  expect(takeProfileLock(dir)).toHaveProperty('release');
});

test('SYNC-394 a lock whose owner is gone is taken over', async () => {
  const gone = spawn(process.execPath, ['-e', '0']);
  await once(gone, 'exit');
  writeFileSync(lockFile(), JSON.stringify({ pid: gone.pid, start: 'some boot:1' }));
  expect(takeProfileLock(dir)).toHaveProperty('release');
});

test('SYNC-394 a pid that now belongs to another process does not hold the profile', () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, start: 'another boot:1' }));
  expect(takeProfileLock(dir)).toHaveProperty('release');
  expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toEqual({
    pid: process.pid,
    start: processStart(process.pid),
  });
});

test.each(['', '{', '{"pid":-1}', '{"pid":"1"}', 'null'])('a damaged lock %j is taken over', (text) => {
  writeFileSync(lockFile(), text);
  expect(takeProfileLock(dir)).toHaveProperty('release');
});

test('a lock that was taken over is not removed by its former owner', () => {
  const first = takeProfileLock(dir);
  writeFileSync(lockFile(), JSON.stringify({ pid: 1, start: 'x' }));
  if ('release' in first) first.release();
  expect(readFileSync(lockFile(), 'utf8')).toContain('"pid":1');
});

test('the folder is closed to others, even one that was open', () => {
  const inside = join(dir, 'profile');
  const previous = process.umask(0o022);
  try {
    const opened = openProfile(inside);
    expect(opened.kind).toBe('owned');
    expect(statSync(inside).mode & 0o777).toBe(0o700);
    expect(statSync(join(inside, 'profile.lock')).mode & 0o777).toBe(0o600);
    writeFileSync(join(inside, 'anything'), '');
    expect(statSync(join(inside, 'anything')).mode & 0o777).toBe(0o600);
  } finally {
    process.umask(previous);
  }
});
