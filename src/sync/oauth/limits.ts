/** A person reads, signs in and confirms; after that the page has been forgotten (SYNC-013). */
export const SIGN_IN_MS = 5 * 60_000;
/** One request to an authorization server. */
export const REQUEST_MS = 15_000;
/** Token answers are a few kilobytes; identity tokens of large organisations reach 20. */
export const MAX_BODY_BYTES = 128 * 1024;
/** A token goes into one line of a login. */
export const MAX_TOKEN_CHARACTERS = 8_000;
/** A token is renewed this long before it ends (SYNC-016). */
export const REFRESH_EARLY_MS = 5 * 60_000;
/** How long a token lives when its server does not say (RFC 6749 5.1 leaves it open). */
export const DEFAULT_LIFE_S = 3_600;
/** RFC 8628 3.2 and 3.5: seconds between two questions, and what is added when the server asks for patience. */
export const DEVICE_INTERVAL_S = 5;
/** Bytes of randomness for what must not be guessed: state, path and verifier (RFC 7636 7.1: 256 bits). */
export const SECRET_BYTES = 32;
