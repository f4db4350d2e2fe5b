/** How much the thread of the engine is held up (SYNC-395, SYNC-411). */
export interface LoopLoad {
  /** Share of the time since its start that the thread was at work, 0 to 1. */
  readonly busyShare: number;
  /** Mean length of a turn since the start, in milliseconds. */
  readonly meanTurnMs: number;
  /** How late timers were lately, in milliseconds; null until somebody has been looking for a moment. */
  readonly delay: { readonly p99Ms: number; readonly maxMs: number } | null;
}

/** Exact delays cost timers, so they are measured only while somebody looks. */
export interface LoopWatch {
  look(): LoopLoad;
}
