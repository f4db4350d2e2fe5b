import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

/** scrypt's work (RFC 7914): memory is about 128 · N · r bytes. */
export interface Work {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}
/** For what people can remember: 128 MB and a third of a second per guess. */
export const PASSPHRASE_WORK: Work = { N: 2 ** 17, r: 8, p: 1 };
/** A key file holds 256 random bits; nobody guesses those, so unlocking may be quick. */
export const KEY_FILE_WORK: Work = { N: 2 ** 14, r: 8, p: 1 };

const KEY_BYTES = 32;
const base64 = z.string().regex(/^[A-Za-z0-9+/]*=*$/);

/** What is on disk: everything needed to check a key, nothing to learn a secret or how many there are by name. */
export const SealedBox = z.strictObject({
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.int().min(1).max(16),
    p: z.int().min(1).max(16),
    salt: base64,
  }),
  cipher: z.literal('aes-256-gcm'),
  iv: base64,
  tag: base64,
  data: base64,
});
export type SealedBox = z.infer<typeof SealedBox>;

export interface BoxKey {
  readonly kdf: SealedBox['kdf'];
  readonly bytes: Buffer;
}

/** A key for a new box. */
export function newBoxKey(passphrase: Buffer, work: Work): Promise<BoxKey> {
  return deriveKey(passphrase, { name: 'scrypt', ...work, salt: randomBytes(16).toString('base64') });
}

export async function deriveKey(passphrase: Buffer, kdf: SealedBox['kdf']): Promise<BoxKey> {
  const { N, r, p, salt } = kdf;
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    scrypt(passphrase, Buffer.from(salt, 'base64'), KEY_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
  return { kdf, bytes };
}

/** AES-256-GCM with a fresh nonce; the box's own parameters are authenticated with it. */
export function seal(key: BoxKey, text: string): SealedBox {
  const iv = randomBytes(12);
  const head = { version: 1, kdf: key.kdf, cipher: 'aes-256-gcm' } as const;
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv);
  cipher.setAAD(authenticated(head));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const [ivText, tag, dataText] = [iv, cipher.getAuthTag(), data].map((bytes) => bytes.toString('base64'));
  return { ...head, iv: ivText ?? '', tag: tag ?? '', data: dataText ?? '' };
}

/** The text, or null when the key is not the one it was sealed with or the box was changed. */
export function unseal(key: BoxKey, box: SealedBox): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(box.iv, 'base64'));
  decipher.setAAD(authenticated(box));
  try {
    decipher.setAuthTag(Buffer.from(box.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(box.data, 'base64')), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return null;
  }
}

function authenticated({ version, kdf, cipher }: Pick<SealedBox, 'version' | 'kdf' | 'cipher'>): Buffer {
  return Buffer.from(JSON.stringify([version, kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt, cipher]));
}
