import { type ReactNode, useState } from 'react';
import { readerStrings } from '../strings/reader';
import { ShortBanners } from '../ui/banner';
import { Button } from '../ui/button';

/** So many stand above a message at once (UI-033). */
const MOST = 2;

interface BannerStackProps {
  /** In their order; what is null is not the case. */
  readonly banners: readonly (readonly [key: string, banner: ReactNode] | null)[];
}

/**
 * Banners in UI-033's order and never more than two of them: a button turns to the next two, and what is answered makes
 * room. Those that wait stay mounted, so that their commands work.
 */
export function BannerStack({ banners }: BannerStackProps) {
  const [wanted, setWanted] = useState(0);
  const present = banners.filter((entry) => entry !== null);
  const first = wanted < present.length ? wanted : 0;
  const waiting = Math.max(0, present.length - first - MOST);
  return (
    <ShortBanners value>
      {present.map(([key, banner], at) => (
        <div key={key} hidden={at < first || at >= first + MOST}>
          {banner}
        </div>
      ))}
      {present.length > MOST && (
        <div>
          <Button size="small" variant="quiet" onPress={() => setWanted(waiting > 0 ? first + MOST : 0)}>
            {waiting > 0 ? readerStrings.moreNotes(waiting) : readerStrings.firstNotes}
          </Button>
        </div>
      )}
    </ShortBanners>
  );
}
