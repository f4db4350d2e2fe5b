import { randomBytes } from 'node:crypto';
import type { Random } from './random';

export function createSystemRandom(): Random {
  return {
    fraction: () => Math.random(),
    token: (bytes) => randomBytes(bytes).toString('hex'),
  };
}
