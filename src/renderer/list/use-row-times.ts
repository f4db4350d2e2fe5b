import { useMemo } from 'react';
import { useZone } from '../strings/zone';
import { createRowTimes, type RowTimes } from './row-time';

/** Times in the user's language; others in another zone, so that rows which did not change are drawn again. */
export function useRowTimes(): RowTimes {
  const zone = useZone();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the zone is what they are written in
  return useMemo(() => createRowTimes(undefined), [zone]);
}
