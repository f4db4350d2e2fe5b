import { useSyncExternalStore } from 'react';
import { WINDOW_CLASSES, type WindowClass, windowClass } from './window-class';

const QUERIES = WINDOW_CLASSES.filter((candidate) => candidate.minWidth > 0).map((candidate) =>
  window.matchMedia(`(min-width: ${candidate.minWidth}px)`),
);

function subscribe(listener: () => void): () => void {
  for (const query of QUERIES) query.addEventListener('change', listener);
  return () => {
    for (const query of QUERIES) query.removeEventListener('change', listener);
  };
}

/** The window's class now; renders again only when it changes, not at every pixel. */
export function useWindowClass(): WindowClass {
  return useSyncExternalStore(subscribe, () => windowClass(window.innerWidth));
}
