/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

export interface Timed<T> {
  readonly ms: number;
  /** Processor time of this process; says more than `ms` on a busy machine. */
  readonly cpuMs: number;
  readonly value: T;
}

export async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const value = await work();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000, value };
}

/** Milliseconds of each of `count` calls, after `count / 10` that warm up and do not count. */
export async function samples(count: number, work: (index: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let index = -Math.ceil(count / 10); index < count; index++) {
    const startedAt = performance.now();
    await work(Math.abs(index));
    if (index >= 0) times.push(performance.now() - startedAt);
  }
  return times;
}

/** Milliseconds of processor time of this process: what a call costs, however busy the machine is. */
export async function processorSamples(count: number, work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let index = -Math.ceil(count / 10); index < count; index++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    if (index >= 0) times.push((user + system) / 1000);
  }
  return times;
}
