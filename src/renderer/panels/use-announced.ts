import { useEffect, useRef } from 'react';
import { announceStatus } from '../ui/live-region';

/** Announces `text`, as it then is, when `key` changes (APP-190). The first value is not news. */
export function useAnnounced(key: string, text: string): void {
  const latest = useRef(text);
  const known = useRef(key);
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    if (key === known.current) return;
    known.current = key;
    announceStatus('status', () => latest.current);
  }, [key]);
}
