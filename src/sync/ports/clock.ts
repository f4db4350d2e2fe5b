/** Time as an argument (style.md 3). */
export interface Clock {
  /** Wall clock, milliseconds since 1970 UTC. */
  now(): number;
  /** Milliseconds that never go backwards; only differences mean something. */
  monotonic(): number;
  /** Calls once after `delayMs`; the returned function cancels. Timers never keep the process alive by themselves. */
  after(delayMs: number, callback: () => void): () => void;
  /** Resolves after `delayMs`, or at once when the signal aborts (it does not reject). */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}
