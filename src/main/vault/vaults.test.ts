import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layerVaults } from './layered-vault';
import { openSafeStorageVault, type SafeStorage } from './safe-storage-vault';
import { openSealedFileVault } from './sealed-file-vault';
import { findVaultKey, type VaultKey } from './vault-key';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeport-vault-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const SECRET = 'correct horse battery staple';
/** The real work factor takes a third of a second; the format is the same with less. */
const quick = (text: string): VaultKey => ({
  passphrase: Buffer.from(text),
  work: { N: 2 ** 10, r: 8, p: 1 },
  source: 'passphrase',
});

async function openSealed(key: VaultKey) {
  const vault = await openSealedFileVault(dir, key);
  if (!vault.ok) throw new Error(vault.failure.message);
  return vault.value;
}

test('APP-370 a sealed file gives secrets back after a restart and shows nothing to anyone else', async () => {
  const vault = await openSealed(quick('passphrase'));
  const [a, b] = await Promise.all([vault.put(SECRET), vault.put(`${SECRET} too`)]);
  await vault.delete(b);
  await vault.delete('sealed:unknown');
  const text = readFileSync(join(dir, 'secrets.sealed'), 'utf8');
  for (const readable of [SECRET, Buffer.from(SECRET).toString('base64'), a, 'passphrase'])
    expect(text).not.toContain(readable);
  expect(JSON.parse(text)).toMatchObject({ kdf: { name: 'scrypt' }, cipher: 'aes-256-gcm' });
  expect(statSync(join(dir, 'secrets.sealed')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dir)).toEqual(['secrets.sealed']);

  const again = await openSealed(quick('passphrase'));
  expect(await again.get(a)).toBe(SECRET);
  expect(await again.get(b)).toBeNull();
  expect(await openSealedFileVault(dir, quick('guess'))).toMatchObject({
    ok: false,
    failure: { kind: 'auth', reason: 'wrong-password' },
  });
});

test('a changed byte, other work factors or another format are noticed', async () => {
  await (await openSealed(quick('passphrase'))).put(SECRET);
  const path = join(dir, 'secrets.sealed');
  const box = JSON.parse(readFileSync(path, 'utf8'));
  const flipped = Buffer.from(box.data, 'base64');
  flipped[3] = (flipped[3] ?? 0) ^ 1;
  for (const [changed, kind] of [
    [{ ...box, data: flipped.toString('base64') }, 'auth'],
    [{ ...box, kdf: { ...box.kdf, p: 2 } }, 'auth'],
    [{ ...box, tag: box.tag.slice(0, 8) }, 'auth'],
    [{ ...box, version: 2 }, 'invalid'],
    [{ ...box, kdf: { ...box.kdf, N: 2 ** 30 } }, 'invalid'],
  ]) {
    writeFileSync(path, JSON.stringify(changed));
    expect(await openSealedFileVault(dir, quick('passphrase'))).toMatchObject({
      ok: false,
      failure: { kind },
    });
  }
});

test('the key comes from a passphrase file, the environment, or a private key file made once', async () => {
  const file = join(dir, 'passphrase');
  writeFileSync(file, 'from file\n');
  const of = async (passphraseFile: string | null, env: NodeJS.ProcessEnv) => {
    const key = await findVaultKey(dir, { passphraseFile, env });
    return key.ok ? key.value.passphrase.toString() : key.failure.kind;
  };
  expect(await of(file, { HOMEPORT_PASSPHRASE: 'from env' })).toBe('from file');
  expect(await of(null, { HOMEPORT_PASSPHRASE: 'from env' })).toBe('from env');
  expect(await of(null, { HOMEPORT_PASSPHRASE: '' })).toBe('invalid');
  expect(await of(join(dir, 'missing'), {})).toBe('invalid');
  const key = await of(null, {});
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(await of(null, {})).toBe(key);
  expect(statSync(join(dir, 'vault.key')).mode & 0o777).toBe(0o600);
});

test('a key file that others can read is refused', async () => {
  writeFileSync(join(dir, 'vault.key'), 'a'.repeat(64), { mode: 0o644 });
  expect(await findVaultKey(dir, { passphraseFile: null, env: {} })).toMatchObject({
    ok: false,
    failure: { kind: 'invalid' },
  });
});

test('a key that cannot be written is no damaged key; one that is made leaves nothing beside it', async () => {
  const nowhere = join(dir, 'missing');
  expect(await findVaultKey(nowhere, { passphraseFile: null, env: {} })).toMatchObject({
    ok: false,
    failure: { kind: 'invalid', message: expect.stringContaining('cannot be written') },
  });
  const both = () => findVaultKey(dir, { passphraseFile: null, env: {} });
  const [one, other] = await Promise.all([both(), both()]);
  expect(one).toEqual(other);
  expect(readdirSync(dir)).toEqual(['vault.key']);
});

/** Turns bytes around instead of encrypting them: enough to see that what is stored is the system's, not ours. */
const turned = (text: string) => Buffer.from(text).reverse();
const syncStorage: SafeStorage = {
  isEncryptionAvailable: () => true,
  encryptString: turned,
  decryptString: (bytes) => Buffer.from(bytes).reverse().toString(),
  getSelectedStorageBackend: () => 'gnome_libsecret',
};
const asyncStorage: SafeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text) => turned(`async ${text}`),
  decryptStringAsync: async (bytes) => ({
    result: Buffer.from(bytes).reverse().toString().replace('async ', ''),
  }),
  getSelectedStorageBackend: () => 'kwallet6',
};

test.each([
  ['the asynchronous keychain where there is one', { ...syncStorage, ...asyncStorage }, 'async '],
  ['the synchronous one on older runtimes', syncStorage, ''],
])('APP-370 secrets go through %s', async (_what, storage, mark) => {
  const vault = (await openSafeStorageVault(dir, storage, 'linux'))!;
  const ref = await vault.put(SECRET);
  const stored = Object.values(
    JSON.parse(readFileSync(join(dir, 'secrets.keychain.json'), 'utf8')) as object,
  );
  expect(stored).toEqual([turned(mark + SECRET).toString('base64')]);
  expect(await (await openSafeStorageVault(dir, storage, 'linux'))?.get(ref)).toBe(SECRET);
});

const UNFIT: readonly (readonly [string, SafeStorage, NodeJS.Platform])[] = [
  ['the plain-text backend', { ...syncStorage, getSelectedStorageBackend: () => 'basic_text' }, 'linux'],
  ['an unknown backend', { ...syncStorage, getSelectedStorageBackend: () => 'unknown' }, 'linux'],
  ['no keychain', { ...syncStorage, isEncryptionAvailable: () => false }, 'win32'],
  [
    'a keychain that does not open',
    { ...asyncStorage, isAsyncEncryptionAvailable: async () => false },
    'darwin',
  ],
];
test.each(UNFIT)(
  'APP-370 %s is refused, so that the sealed file is used',
  async (_what, storage, platform) => {
    expect(await openSafeStorageVault(dir, storage, platform)).toBeNull();
  },
);

test('a keychain that was reset forgets instead of failing', async () => {
  const vault = (await openSafeStorageVault(dir, syncStorage, 'darwin'))!;
  const ref = await vault.put(SECRET);
  const reset = {
    ...syncStorage,
    decryptString: () => {
      throw new Error('cannot decrypt');
    },
  };
  expect(await (await openSafeStorageVault(dir, reset, 'darwin'))?.get(ref)).toBeNull();
});

test('of two vaults the first gets new secrets and both give old ones', async () => {
  const sealed = await openSealed(quick('passphrase'));
  const old = await sealed.put('old');
  const both = layerVaults((await openSafeStorageVault(dir, syncStorage, 'darwin'))!, sealed);
  const fresh = await both.put('new');
  expect([await both.get(old), await both.get(fresh), await sealed.get(fresh)]).toEqual(['old', 'new', null]);
  await both.delete(old);
  expect(await sealed.get(old)).toBeNull();
});
