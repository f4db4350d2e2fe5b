import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SecretVault } from '../../sync/ports/secret-vault';
import { writePrivateFile } from '../profile/private-files';

const KEYCHAIN_PREFIX = 'keychain:';

/** The part of Electron's safeStorage we use. The asynchronous half is missing in older runtimes. */
export interface SafeStorage {
  isEncryptionAvailable?(): boolean;
  encryptString?(plainText: string): Buffer;
  decryptString?(encrypted: Buffer): string;
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  encryptStringAsync?(plainText: string): Promise<Buffer>;
  decryptStringAsync?(encrypted: Buffer): Promise<{ readonly result: string }>;
  getSelectedStorageBackend?(): string;
}

interface Cipher {
  encrypt(text: string): Promise<Buffer>;
  decrypt(bytes: Buffer): Promise<string>;
}

const Entries = z.record(z.string(), z.string());

/**
 * Secrets encrypted by the system's keychain, in a file of the profile (APP-370). Answers null where the system would
 * only pretend: no keychain, or Linux's plain-text backend; the caller then uses the sealed file.
 */
export async function openSafeStorageVault(
  profileDir: string,
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<SecretVault | null> {
  const cipher = await chooseCipher(safeStorage, platform);
  if (cipher === null) return null;
  const path = join(profileDir, 'secrets.keychain.json');
  const entries = await readEntries(path);
  let lastWrite: Promise<void> = Promise.resolve();
  const save = (): Promise<void> => {
    const write = () => writePrivateFile(path, JSON.stringify(Object.fromEntries(entries)));
    lastWrite = lastWrite.then(write, write);
    return lastWrite;
  };
  return {
    get: async (secretRef) => {
      const sealed = entries.get(secretRef);
      if (sealed === undefined) return null;
      // A keychain that was reset cannot open old entries: the account then asks to sign in again.
      return cipher.decrypt(Buffer.from(sealed, 'base64')).catch(() => null);
    },
    put: async (secret) => {
      const secretRef = `${KEYCHAIN_PREFIX}${randomBytes(16).toString('hex')}`;
      entries.set(secretRef, (await cipher.encrypt(secret)).toString('base64'));
      await save();
      return secretRef;
    },
    delete: async (secretRef) => {
      if (entries.delete(secretRef)) await save();
    },
  };
}

async function chooseCipher(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<Cipher | null> {
  if (platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend?.() ?? 'unknown';
    if (backend === 'basic_text' || backend === 'unknown') return null;
  }
  const { encryptStringAsync, decryptStringAsync, isAsyncEncryptionAvailable } = safeStorage;
  if (encryptStringAsync && decryptStringAsync && isAsyncEncryptionAvailable) {
    if (!(await isAsyncEncryptionAvailable.call(safeStorage))) return null;
    return {
      encrypt: (text) => encryptStringAsync.call(safeStorage, text),
      decrypt: async (bytes) => (await decryptStringAsync.call(safeStorage, bytes)).result,
    };
  }
  const { encryptString, decryptString, isEncryptionAvailable } = safeStorage;
  if (!encryptString || !decryptString || !isEncryptionAvailable?.call(safeStorage)) return null;
  return {
    encrypt: async (text) => encryptString.call(safeStorage, text),
    decrypt: async (bytes) => decryptString.call(safeStorage, bytes),
  };
}

async function readEntries(path: string): Promise<Map<string, string>> {
  try {
    return new Map(Object.entries(Entries.parse(JSON.parse(await readFile(path, 'utf8')))));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}
