import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { PRIVATE_FILE } from '../profile/private-files';
import { KEY_FILE_WORK, PASSPHRASE_WORK, type Work } from './sealed-box';

/** What opens the sealed file, and how much work a guess shall cost. */
export interface VaultKey {
  readonly passphrase: Buffer;
  readonly work: Work;
  readonly source: 'passphrase' | 'key-file';
}

/**
 * The key of a profile's sealed file: a passphrase file named by the caller, else HOMEPORT_PASSPHRASE, else `vault.key`
 * in the profile, which is made when missing. The key file protects against a copied database, not against someone who
 * can read the whole profile.
 */
export async function findVaultKey(
  profileDir: string,
  options: { readonly passphraseFile: string | null; readonly env: NodeJS.ProcessEnv },
): Promise<Outcome<VaultKey>> {
  if (options.passphraseFile !== null) {
    const text = await readFile(options.passphraseFile, 'utf8').catch(() => null);
    if (text === null) return fail(unusable('The passphrase file cannot be read.'));
    return fromPassphrase(text.replace(/\r?\n$/, ''));
  }
  const { HOMEPORT_PASSPHRASE: passphrase } = options.env;
  if (passphrase !== undefined) return fromPassphrase(passphrase);
  return keyFile(join(profileDir, 'vault.key'));
}

function fromPassphrase(text: string): Outcome<VaultKey> {
  if (text === '') return fail(unusable('The passphrase is empty.'));
  return ok({ passphrase: Buffer.from(text.normalize('NFC')), work: PASSPHRASE_WORK, source: 'passphrase' });
}

async function keyFile(path: string): Promise<Outcome<VaultKey>> {
  if (!existsSync(path)) await makeKeyFile(path);
  const facts = await stat(path).catch(() => null);
  if (facts === null)
    return fail(unusable('The key file cannot be written.', 'Free some space on the disk.'));
  if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) {
    return fail(unusable('The key file can be read by other users.', `Run: chmod 600 ${path}`));
  }
  const text = await readFile(path, 'utf8').catch(() => '');
  if (!/^[0-9a-f]{64}\s*$/.test(text))
    return fail(unusable('The key file is damaged.', 'Restore it from a backup.'));
  return ok({ passphrase: Buffer.from(text.trim()), work: KEY_FILE_WORK, source: 'key-file' });
}

/**
 * It is there whole or not at all, also when the disk is full or the power fails: half a key would be a damaged one for
 * ever. Of two that start at once one makes the key and both read the same.
 */
async function makeKeyFile(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, {
      flag: 'wx',
      mode: PRIVATE_FILE,
      flush: true,
    });
    await link(draft, path);
  } catch {
    // Whoever asks looks whether there is one now.
  } finally {
    await rm(draft, { force: true });
  }
}

function unusable(message: string, hint = 'Set HOMEPORT_PASSPHRASE or use --passphrase-file.'): Failure {
  return { kind: 'invalid', message, hint };
}
