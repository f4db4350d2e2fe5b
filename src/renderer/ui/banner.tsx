import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { uiStrings } from '../strings/ui';
import styles from './banner.module.css';
import { Button } from './button';
import { Spoken } from './live-region';

interface BannerProps {
  readonly tone: 'info' | 'warning' | 'danger' | 'success';
  /** One plain sentence, more below it only where it helps. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** True to announce it: for something that has just happened. */
  readonly announce?: boolean;
}

const ICONS = { info: Info, warning: TriangleAlert, danger: TriangleAlert, success: CircleCheck };

/** True where a banner stays one line high and shows the rest of a longer text when asked to (UI-033). */
export const ShortBanners = createContext(false);

/** One line that says what is the case and what can be done, 40 high when it fits (UI-033). */
export function Banner({ tone, children, actions, announce = false }: BannerProps) {
  const Icon = ICONS[tone];
  const isShort = useContext(ShortBanners);
  const [whole, setWhole] = useState(false);
  const text = useRef<HTMLDivElement>(null);
  const isCut = useCut(text, isShort && !whole);
  const className = `${styles.banner} ${styles[tone]}`;
  const content = (
    <>
      <Icon aria-hidden />
      <div ref={text} className={`${styles.text} ${isShort && !whole ? styles.cut : ''}`} data-selectable>
        {children}
      </div>
      {actions || isCut ? (
        <div className={styles.actions}>
          {isCut && (
            <Button size="small" variant="quiet" onPress={() => setWhole(true)}>
              {uiStrings.more}
            </Button>
          )}
          {actions}
        </div>
      ) : null}
    </>
  );
  if (!announce) return <div className={className}>{content}</div>;
  return (
    <Spoken className={className} politeness={tone === 'danger' ? 'assertive' : 'polite'}>
      {content}
    </Spoken>
  );
}

/** Whether a text is longer than the one line it has. */
function useCut(text: React.RefObject<HTMLElement | null>, watched: boolean): boolean {
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const element = text.current;
    if (!watched || element === null) return;
    const watcher = new ResizeObserver(() => setCut(element.scrollWidth > element.clientWidth));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      setCut(false);
    };
  }, [text, watched]);
  return isCut;
}
