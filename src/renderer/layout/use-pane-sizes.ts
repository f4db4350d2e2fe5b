import { useEffect, useState } from 'react';
import { saveSettings, useStoredSettings } from '../settings/use-settings';
import { useUi } from '../state/ui-store';
import { DEFAULT_PANES, fitPanes, type PaneSizes } from './pane-sizes';

/**
 * Widths of this window's panes, fitted to it, and what a splitter is being dragged to right now (UI-001). A new window
 * begins with those that were set last, in whichever window, and from then on has its own.
 * @param rail true where the side bar is no pane but a rail
 */
export function usePaneSizes(available: number, rail: boolean) {
  const stored = useStoredSettings()?.panes;
  const own = useUi((state) => state.panes);
  const [moving, setMoving] = useState<PaneSizes | null>(null);
  useEffect(() => {
    if (own === null && stored) useUi.setState({ panes: { sidebar: stored.sidebar, list: stored.list } });
  }, [own, stored]);
  const settled = own ?? stored ?? DEFAULT_PANES;
  const sizes = fitPanes(moving ?? settled, available, rail);
  return {
    sizes,
    move: (pane: keyof PaneSizes, value: number) => setMoving({ ...sizes, [pane]: value }),
    rest: (pane: keyof PaneSizes, value: number) => {
      setMoving(null);
      void saveSettings({ panes: { ...settled, [pane]: value } });
    },
  };
}
