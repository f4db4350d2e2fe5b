import { useState } from 'react';
import { saveSettings, useSettings } from '../settings/use-settings';
import { fitPanes, type PaneSizes } from './pane-sizes';

/** Pane widths: what is stored, fitted to the window, and what a splitter is being dragged to right now (UI-001). */
export function usePaneSizes(available: number) {
  const stored = useSettings().panes;
  const [moving, setMoving] = useState<PaneSizes | null>(null);
  const sizes = fitPanes(moving ?? stored, available);
  return {
    sizes,
    move: (pane: keyof PaneSizes, value: number) => setMoving({ ...sizes, [pane]: value }),
    rest: (pane: keyof PaneSizes, value: number) => {
      setMoving(null);
      void saveSettings({ panes: { ...stored, [pane]: value } });
    },
  };
}
