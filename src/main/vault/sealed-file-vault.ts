import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { SecretVault } from '../../sync/ports/secret-vault';
import { writePrivateFile } from '../profile/private-files';
import { type BoxKey, deriveKey, newBoxKey, SealedBox, seal, unseal } from './sealed-box';
import type { VaultKey } from './vault-key';

/** Tells apart whose handle it is when two vaults serve one profile. */
const SEALED_PREFIX = 'sealed:';

const Entries = z.record(z.string(), z.string());

/**
 * Secrets in one sealed file of the profile (APP-370): scrypt and AES-256-GCM over all entries at once, so the file
 * shows neither secrets nor handles. A wrong passphrase fails here, before anything is asked of it. One process at a
 * time: the owner of the profile.
 */
export async function openSealedFileVault(
  profileDir: string,
  vaultKey: VaultKey,
): Promise<Outcome<SecretVault>> {
  const path = join(profileDir, 'secrets.sealed');
  const opened = await openBox(path, vaultKey);
  if (!opened.ok) return opened;
  const { key, entries } = opened.value;

  // Writes follow each other; the file always holds the newest state of `entries`.
  let lastWrite: Promise<void> = Promise.resolve();
  const save = (): Promise<void> => {
    const write = () =>
      writePrivateFile(path, JSON.stringify(seal(key, JSON.stringify(Object.fromEntries(entries)))));
    lastWrite = lastWrite.then(write, write);
    return lastWrite;
  };
  return ok({
    get: async (secretRef) => entries.get(secretRef) ?? null,
    put: async (secret) => {
      const secretRef = `${SEALED_PREFIX}${randomBytes(16).toString('hex')}`;
      entries.set(secretRef, secret);
      await save();
      return secretRef;
    },
    delete: async (secretRef) => {
      if (entries.delete(secretRef)) await save();
    },
  });
}

async function openBox(
  path: string,
  { passphrase, work, source }: VaultKey,
): Promise<Outcome<{ key: BoxKey; entries: Map<string, string> }>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return ok({ key: await newBoxKey(passphrase, work), entries: new Map() });
  }
  const box = SealedBox.safeParse(parseJson(text));
  if (!box.success) return fail(damaged());
  const key = await deriveKey(passphrase, box.data.kdf);
  const plain = unseal(key, box.data);
  if (plain === null) return fail(wrongKey(source));
  return ok({ key, entries: new Map(Object.entries(Entries.parse(JSON.parse(plain)))) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wrongKey(source: VaultKey['source']): Failure {
  return {
    kind: 'auth',
    reason: 'wrong-password',
    message: 'The stored passwords cannot be opened with this passphrase.',
    hint:
      source === 'passphrase'
        ? 'Check HOMEPORT_PASSPHRASE or the passphrase file.'
        : 'They were sealed with a passphrase: set HOMEPORT_PASSPHRASE or use --passphrase-file.',
  };
}

function damaged(): Failure {
  return {
    kind: 'invalid',
    message: 'The file with the stored passwords is damaged.',
    hint: 'Restore secrets.sealed from a backup, or remove it and sign in to each account again.',
  };
}
