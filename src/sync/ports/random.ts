/** Randomness as an argument (style.md 3), so that a failing run can be replayed from its seed. */
export interface Random {
  /** Uniform in [0, 1). For jitter, never for secrets. */
  fraction(): number;
  /** Cryptographically strong hexadecimal token of `bytes` bytes. */
  token(bytes: number): string;
}
