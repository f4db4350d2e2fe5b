/** Profile folders of the command line's tests, and hosts that end with their test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningHost, serve } from './homeport-process';

const folders: string[] = [];
const hosts: RunningHost[] = [];

export function newProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-cli-'));
  folders.push(folder);
  return join(folder, 'profile');
}

export async function serveHere(...parameters: Parameters<typeof serve>): Promise<RunningHost> {
  const host = await serve(...parameters);
  hosts.push(host);
  return host;
}

/** For afterEach. */
export async function cleanUp(): Promise<void> {
  for (const host of hosts.splice(0)) await host.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
