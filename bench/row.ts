/** One measured number beside the number it has to stand up to, taken in the same run. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The peer measured in this run, or 'limit' for a bound of our own. */
  readonly anchor: string;
  /** Null when the peer is not installed here. */
  readonly anchorValue: number | null;
  /** value / anchorValue; null when there is none, or it is 0. */
  readonly ratio: number | null;
  /** What the ratio has to be: '>= 0.8'. */
  readonly goal: string;
  /** Null when there was nothing to compare with. */
  readonly ok: boolean | null;
  /** Below it the measurement tells nothing apart, in the row's unit. */
  readonly grain?: number;
}

interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** A duration, size or count that may be at most `limit`. */
export function atMost(measured: Measured, limit: number): Row {
  return judge(measured, { anchor: 'limit', anchorValue: limit }, '<=', 1);
}

/** A rate that must be at least `limit`. */
export function atLeast(measured: Measured, limit: number): Row {
  return judge(measured, { anchor: 'limit', anchorValue: limit }, '>=', 1);
}

/** A number whose ratio to a peer's is bounded; null = the peer is not here. */
export function against(
  measured: Measured,
  peer: { readonly anchor: string; readonly anchorValue: number | null },
  sign: '<=' | '>=',
  bound: number,
): Row {
  return judge(measured, peer, sign, bound);
}

function judge(
  measured: Measured,
  { anchor, anchorValue }: { readonly anchor: string; readonly anchorValue: number | null },
  sign: '<=' | '>=',
  bound: number,
): Row {
  const ratio = anchorValue === null || anchorValue === 0 ? null : measured.value / anchorValue;
  const ok =
    anchorValue === null
      ? null
      : sign === '<='
        ? measured.value <= anchorValue * bound
        : measured.value >= anchorValue * bound;
  return { ...measured, anchor, anchorValue, ratio, goal: `${sign} ${bound}`, ok };
}
