import { useEffect, useRef, useState } from 'react';
import { beginWork, type RunningWork, useRunning, type Work, type WorkSpec } from './running-work';

/**
 * A wait that goes on as long as `waits` is true and its component stands. Answers how it is shown; null = it is not, or
 * not yet.
 */
export function useWork(waits: boolean, spec: WorkSpec): Work | null {
  const [running, setRunning] = useState<RunningWork | null>(null);
  const latest = useRef(spec);
  useEffect(() => {
    latest.current = spec;
  });
  const { place, doing, ownWords = false, local = false } = spec;
  const stops = spec.cancel !== undefined;
  useEffect(() => {
    if (!waits) return;
    const begun = beginWork({
      ...{ place, doing, ownWords, local, far: latest.current.far ?? null },
      ...(stops ? { cancel: () => latest.current.cancel?.() } : {}),
    });
    setRunning(begun);
    return () => {
      begun.end();
      setRunning(null);
    };
  }, [waits, place, doing, ownWords, local, stops]);
  const id = running?.id;
  return useRunning(({ works }) => works.find((work) => work.id === id) ?? null);
}
