import { useEffect, useRef } from 'react';
import { announceCalmly } from '../ui/live-region';

/**
 * Announces `text` politely when `key` changes, at most once in 10 s and then the newest (APP-190, APP-308). The first
 * value is not news.
 */
export function useAnnounced(key: string, text: string): void {
  const latest = useRef({ key, text });
  const said = useRef(key);
  useEffect(() => {
    latest.current = { key, text };
  });
  useEffect(() => {
    if (key === said.current) return;
    return announceCalmly(said, () => {
      said.current = latest.current.key;
      return latest.current.text;
    });
  }, [key]);
}
