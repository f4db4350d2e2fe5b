import type { SecretVault } from '../../sync/ports/secret-vault';
import type { VaultRequest } from './worker-messages';

export interface RemoteVault extends SecretVault {
  answer(id: number, ok: boolean, value: string | null): void;
}

/** The vault as a worker sees it: every question goes to the main thread, where the keychain can be asked. */
export function createRemoteVault(ask: (id: number, request: VaultRequest) => void): RemoteVault {
  const waiting = new Map<
    number,
    { resolve: (value: string | null) => void; reject: (error: Error) => void }
  >();
  let lastId = 0;
  const request = (body: VaultRequest): Promise<string | null> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      ask(lastId, body);
    });
  return {
    get: (secretRef) => request({ op: 'get', secretRef }),
    put: async (secret) => {
      const secretRef = await request({ op: 'put', secret });
      if (secretRef === null) throw new Error('The vault answered no handle.');
      return secretRef;
    },
    delete: async (secretRef) => {
      await request({ op: 'delete', secretRef });
    },
    answer: (id, ok, value) => {
      const entry = waiting.get(id);
      waiting.delete(id);
      if (ok) entry?.resolve(value);
      else entry?.reject(new Error('The vault could not be used.'));
    },
  };
}
