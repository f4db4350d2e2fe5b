import type { SecretVault } from '../../sync/ports/secret-vault';

/**
 * Two vaults of one profile: new secrets go into the first, and both are asked for old ones. So a profile that was
 * used on the command line keeps its sealed secrets when the desktop, with its keychain, opens it.
 */
export function layerVaults(first: SecretVault, second: SecretVault): SecretVault {
  return {
    get: async (secretRef) => (await first.get(secretRef)) ?? (await second.get(secretRef)),
    put: (secret) => first.put(secret),
    delete: async (secretRef) => {
      await Promise.all([first.delete(secretRef), second.delete(secretRef)]);
    },
  };
}
