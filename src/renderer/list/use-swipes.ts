import { type RefObject, useEffect, useRef } from 'react';
import { useSettings } from '../settings/use-settings';
import type { SwipeAction } from './swipe-rows';

/** Rows can be pulled aside where there are fingers, unless somebody wants them not to (UI-028). */
export function useSwipes(
  scroller: RefObject<HTMLElement | null>,
  act: (index: number, action: SwipeAction) => void,
): void {
  const wanted = useSettings().swipe && navigator.maxTouchPoints > 0;
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!wanted) return;
    let end: (() => void) | null = null;
    let left = false;
    void import('./swipe-rows').then(({ followSwipes }) => {
      if (scroller.current && !left)
        end = followSwipes(scroller.current, (index, action) => latest.current(index, action));
    });
    return () => {
      left = true;
      end?.();
    };
  }, [scroller, wanted]);
}
