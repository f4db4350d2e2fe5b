import { feedbackStrings } from '../strings/feedback';
import { Button } from '../ui/button';
import { Spoken } from '../ui/live-region';
import { ProgressBar } from '../ui/progress-bar';
import { shareOf, useRunning, type Work } from './running-work';
import styles from './toaster.module.css';

/** More at a time would cover what one works with; the others keep their bar and come when there is room. */
const MAX_CARDS = 2;

/** True while some work is told in words among the notifications. */
export function hasWords({ phase, ownWords = false }: Work): boolean {
  return phase === 'words' && !ownWords;
}

/** Work that takes long, in words with numbers and a Cancel that works (UI-052); it leaves when the work ends. */
export function RunningWords() {
  const works = useRunning((state) => state.works);
  return works
    .filter(hasWords)
    .slice(0, MAX_CARDS)
    .map((work) => <WorkCard key={work.id} work={work} />);
}

function WorkCard({ work }: { readonly work: Work }) {
  const { doing, far, counted, stop, isStopping } = work;
  return (
    <Spoken className={styles.toast} calm>
      <div className={styles.words}>
        <p>{isStopping ? feedbackStrings.stopping(doing) : feedbackStrings.doing(doing, far, counted)}</p>
        <ProgressBar label={doing} share={shareOf(far)} />
      </div>
      {stop ? (
        <Button variant="quiet" size="small" isDisabled={isStopping} onPress={stop}>
          {feedbackStrings.cancel}
        </Button>
      ) : null}
    </Spoken>
  );
}
