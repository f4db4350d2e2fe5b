import type { Row } from './row';
import type { Workshop } from './workshop/workshop';

/** One group of measurements. It cleans up after itself and ends within `boundMs`. */
export interface Bench {
  /** What `--only` names. */
  readonly name: string;
  readonly boundMs: number;
  run(workshop: Workshop): Promise<Row[]>;
}
