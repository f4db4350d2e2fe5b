import { useEffect, useRef } from 'react';
import { announce } from '../ui/live-region';

const PAUSE_MS = 10_000;

/**
 * Announces `text` politely when `key` changes, at most once in 10 s and then the newest (APP-190, APP-308). The first
 * value is not news.
 */
export function useAnnounced(key: string, text: string): void {
  const latest = useRef({ key, text });
  const said = useRef({ key, at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    latest.current = { key, text };
  });
  useEffect(() => {
    if (key === said.current.key) return;
    const wait = Math.max(0, said.current.at + PAUSE_MS - performance.now());
    const timer = window.setTimeout(() => {
      said.current = { key, at: performance.now() };
      announce(latest.current.text);
    }, wait);
    return () => window.clearTimeout(timer);
  }, [key]);
}
