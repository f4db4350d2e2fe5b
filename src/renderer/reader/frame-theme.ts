import { useSyncExternalStore } from 'react';
import type { ViewerTheme } from '../../shared/viewer/protocol';

/** The theme that is on screen now; changes with the root element's attribute. */
export function useThemeName(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, themeName);
}

function themeName(): 'light' | 'dark' {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** The tokens as plain values: a frame of another origin does not inherit them. `surface` lies behind the frame. */
export function readTheme(surface: Element): ViewerTheme {
  const root = getComputedStyle(document.documentElement);
  return {
    scheme: themeName(),
    background: getComputedStyle(surface).backgroundColor,
    text: root.getPropertyValue('--text'),
    link: root.getPropertyValue('--accent'),
    border: root.getPropertyValue('--border'),
    font: root.getPropertyValue('--type-reading'),
  };
}
