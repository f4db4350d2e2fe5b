/** What the vault keeps of a sign-in, as one secret. */
export interface TokenSet {
  readonly accessToken: string;
  /** Null = it cannot be renewed: sign in again when it ends. */
  readonly refreshToken: string | null;
  /** Wall clock, milliseconds. */
  readonly expiresAt: number;
}

export function sealTokens(tokens: TokenSet): string {
  return JSON.stringify(tokens);
}

/** Null for a secret that is no set of tokens. */
export function openTokens(secret: string): TokenSet | null {
  try {
    const { accessToken, refreshToken, expiresAt } = JSON.parse(secret) as Partial<TokenSet>;
    return typeof accessToken === 'string' && typeof expiresAt === 'number'
      ? { accessToken, refreshToken: typeof refreshToken === 'string' ? refreshToken : null, expiresAt }
      : null;
  } catch {
    return null;
  }
}
