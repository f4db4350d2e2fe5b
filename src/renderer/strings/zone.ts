import { create } from 'zustand';

/** A window that nobody touches looks this often: nothing tells a page that its computer has moved. */
const EVERY_MS = 60_000;

const readZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const useZoneNow = create<{ readonly zone: string }>()(() => ({ zone: readZone() }));

/** The zone times are written in (APP-323): who writes some is drawn again when it is another one. */
export function useZone(): string {
  return useZoneNow(({ zone }) => zone);
}

/** Looks whether the computer is in another zone than before. */
export function lookAtZone(): void {
  const zone = readZone();
  if (zone !== useZoneNow.getState().zone) useZoneNow.setState({ zone });
}

/** Looks again whenever somebody comes back to the window, after sleep too, and now and then. Returns how to stop it. */
export function watchZone(window: Window): () => void {
  const { document } = window;
  window.addEventListener('focus', lookAtZone);
  document.addEventListener('visibilitychange', lookAtZone);
  const timer = window.setInterval(lookAtZone, EVERY_MS);
  return () => {
    window.removeEventListener('focus', lookAtZone);
    document.removeEventListener('visibilitychange', lookAtZone);
    window.clearInterval(timer);
  };
}

export interface ZonedFormat {
  format(instant: number | Date): string;
}

/** A formatter in the user's zone. It is slow to build, so it is kept, and built anew in another zone. */
export function zonedFormat(locale: string | undefined, options: Intl.DateTimeFormatOptions): ZonedFormat {
  let built: { readonly zone: string; readonly format: Intl.DateTimeFormat } | null = null;
  return {
    format: (instant) => {
      const { zone } = useZoneNow.getState();
      if (built === null || built.zone !== zone)
        built = { zone, format: new Intl.DateTimeFormat(locale, options) };
      return built.format.format(instant);
    },
  };
}
