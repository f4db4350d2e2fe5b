/**
 * Where secrets live (SYNC-005, APP-370): SQLite, logs and messages carry only the opaque handle.
 * Implementations: the system's keychain through the desktop host, or a sealed file in the headless host.
 */
export interface SecretVault {
  /** The secret behind the handle, or null when it is gone. */
  get(secretRef: string): Promise<string | null>;
  /** Stores a secret and answers its handle. */
  put(secret: string): Promise<string>;
  /** Forgets it; unknown handles are fine. */
  delete(secretRef: string): Promise<void>;
}
