import { useEffect, useState } from 'react';
import { useZone } from '../strings/zone';
import { startOfDay } from './row-time';

const NEXT_DAY_MS = 25 * 3_600_000;

/** Start of the present local day; renders again at midnight, and where the day began at another time. */
export function useToday(): number {
  const [today, setToday] = useState(() => startOfDay(Date.now()));
  const zone = useZone();
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another zone the day began at another time
  useEffect(() => {
    setToday(startOfDay(Date.now()));
    // Through the day after the next hour change, so that days of 23 and 25 hours end at midnight too.
    const wait = startOfDay(today + NEXT_DAY_MS) - Date.now();
    const timer = setTimeout(() => setToday(startOfDay(Date.now())), Math.max(1_000, wait));
    return () => clearTimeout(timer);
  }, [today, zone]);
  return today;
}
