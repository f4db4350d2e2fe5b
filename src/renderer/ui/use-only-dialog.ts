import { useEffect, useRef } from 'react';

let open: { close(): void } | null = null;

/**
 * There is never a dialog over a dialog (UI-008): whichever is open closes when this one comes. Those in the UI store
 * replace each other anyway; this also covers the ones that a message, a letter or a drawer brings along.
 */
export function useOnlyDialog(onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const before = open;
    const mine = { close: () => close.current() };
    open = mine;
    before?.close();
    return () => {
      if (open === mine) open = null;
    };
  }, []);
}
