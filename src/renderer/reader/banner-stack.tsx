import { type ReactNode, useState } from 'react';
import { readerStrings } from '../strings/reader';
import { Button } from '../ui/button';

/** So many stand above a message at once (UI-033). */
const MOST = 2;

interface BannerStackProps {
  /** In their order; what is null is not the case. */
  readonly banners: readonly (readonly [key: string, banner: ReactNode] | null)[];
}

/**
 * Banners in UI-033's order and not more than two of them: the others wait behind a button, or until one before them is
 * answered. Those that wait stay mounted, so that their commands work.
 */
export function BannerStack({ banners }: BannerStackProps) {
  const [all, setAll] = useState(false);
  const present = banners.filter((entry) => entry !== null);
  const waiting = all ? 0 : Math.max(0, present.length - MOST);
  return (
    <>
      {present.map(([key, banner], at) => (
        <div key={key} hidden={at >= present.length - waiting}>
          {banner}
        </div>
      ))}
      {waiting > 0 && (
        <div>
          <Button size="small" variant="quiet" onPress={() => setAll(true)}>
            {readerStrings.moreNotes(waiting)}
          </Button>
        </div>
      )}
    </>
  );
}
