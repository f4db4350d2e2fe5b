import { lazy, Suspense, useEffect } from 'react';
import { useWindowClass } from '../layout/use-window-class';
import { composeStrings } from '../strings/compose';
import styles from './composer-dock.module.css';
import { ComposerTab } from './composer-tab';
import { resizeDraft, restoreDrafts, useOpenDrafts } from './open-drafts';

/** The editor and what it needs are loaded with the first letter (APP-348). */
const Composer = lazy(() => import('./composer').then(({ Composer: component }) => ({ default: component })));

/**
 * The composers at the lower edge of the window: one is open, the others are tabs beside it. `alone`: in a window of its
 * own, which it fills.
 */
export function ComposerDock({ alone = false }: { readonly alone?: boolean }) {
  const drafts = useOpenDrafts((state) => state.drafts);
  const phone = useWindowClass() === 'phone';
  useEffect(() => void restoreDrafts(), []);
  const up = drafts.find(({ how }) => how !== 'minimised');
  const down = drafts.filter(({ how }) => how === 'minimised');
  if (drafts.length === 0) return null;
  const full = phone || alone || up?.how === 'full';
  return (
    <aside
      className={styles.dock}
      aria-label={composeStrings.region}
      data-region="composer"
      data-full={(up && full) || undefined}
      data-phone={phone || undefined}
      data-alone={alone || undefined}
    >
      {down.length > 0 && !(up && phone) && (
        <div className={styles.tabs}>
          {down.map(({ id }) => (
            <ComposerTab key={id} draftId={id} onOpen={() => resizeDraft(id, 'docked')} />
          ))}
        </div>
      )}
      {up && (
        <Suspense fallback={<div className={styles.panel} aria-busy />}>
          <div className={styles.panel}>
            <Composer
              key={up.id}
              draftId={up.id}
              how={full ? 'full' : 'docked'}
              canResize={!phone && !alone}
            />
          </div>
        </Suspense>
      )}
    </aside>
  );
}
