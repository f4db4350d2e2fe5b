/** A reading of what an account has done since it was started. */
export interface SpeedSample {
  /** Milliseconds of any clock that does not jump. */
  readonly at: number;
  readonly messages: number;
  readonly bytes: number;
}

export interface Speed {
  readonly messagesPerS: number;
  readonly bytesPerS: number;
}

/** The speed is that of so much of the past: steady enough to read, honest about now. */
export const SPEED_WINDOW_MS = 5_000;

/** Samples with the new one, those that are too old left out; one from before a restart of the account begins anew. */
export function addSample(samples: readonly SpeedSample[], sample: SpeedSample): SpeedSample[] {
  const restarted = samples.some(({ bytes, messages }) => bytes > sample.bytes || messages > sample.messages);
  const kept = restarted ? [] : samples.filter(({ at }) => sample.at - at <= SPEED_WINDOW_MS);
  return [...kept, sample];
}

/** Null until two samples can be compared. */
export function speedOf(samples: readonly SpeedSample[]): Speed | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at <= first.at) return null;
  const seconds = (last.at - first.at) / 1000;
  return {
    messagesPerS: (last.messages - first.messages) / seconds,
    bytesPerS: (last.bytes - first.bytes) / seconds,
  };
}
