/** Bounds of SYNC-027. */

/** Everything together; a person waits with nothing to do. */
export const TOTAL_MS = 10_000;
/** One request; a server that needs longer is not going to answer. */
export const REQUEST_MS = 5_000;
/** Enough for http → https → with www; more is a loop or a game. */
export const MAX_REDIRECTS = 3;
/** The largest honest configuration file is about 20 KB. */
export const MAX_BODY_BYTES = 256 * 1024;
/** Elements of a configuration file; honest ones have about a hundred. */
export const MAX_ELEMENTS = 2_000;
/** Nesting of a configuration file; honest ones have five levels. */
export const MAX_DEPTH = 20;
