import { ProgressBar } from '../ui/progress-bar';
import styles from './header-work.module.css';
import { shareOf, useRunning, type WorkPlace } from './running-work';

/**
 * The thin bar at the lower edge of a header while work that belongs there goes on (UI-052). It lies over the edge, so
 * that nothing moves.
 */
export function HeaderWork({ place }: { readonly place: Exclude<WorkPlace, 'none'> }) {
  const work = useRunning(({ works }) => works.find((one) => one.place === place));
  if (!work) return null;
  return (
    <div className={styles.edge}>
      <ProgressBar label={work.doing} share={shareOf(work.far)} variant="edge" />
    </div>
  );
}
