import { hash } from 'node:crypto';

/**
 * 52 bits of SHA-1: safe as a number, and at 1.5 million ids the chance of a single collision is 1 in 4,000. Nobody can
 * gain by forging one: any sender may name any id in References anyway.
 */
export function idHash(text: string): number {
  const digest = hash('sha1', text, 'buffer');
  return digest.readUIntBE(0, 6) * 16 + ((digest[6] as number) >> 4);
}
