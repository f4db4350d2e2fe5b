import { uiStrings } from '../strings/ui';
import { Button } from './button';
import { Spoken } from './live-region';
import { ProgressBar } from './progress-bar';
import styles from './wait.module.css';

interface WaitProps {
  /** Null = too short until now to be told. */
  readonly phase: 'bar' | 'words' | null;
  /** What is going on, with numbers where there are some. */
  readonly text: string;
  /** 0 to 1, null = not known; absent = the bar stands in a header. */
  readonly share?: number | null;
  /** Absent = it cannot be stopped. */
  readonly onCancel?: (() => void) | undefined;
}

/** A wait where it was asked for (UI-052): its room from the start, so that nothing moves when it has something to say. */
export function Wait({ phase, text, share, onCancel }: WaitProps) {
  return (
    <div className={styles.wait}>
      <Spoken as="p" className={styles.words}>
        {phase === 'words' ? text : ''}
      </Spoken>
      {phase === 'words' && onCancel ? (
        <Button size="small" variant="quiet" onPress={onCancel}>
          {uiStrings.cancel}
        </Button>
      ) : null}
      {phase !== null && share !== undefined ? (
        <div className={styles.bar}>
          <ProgressBar label={text} share={share} />
        </div>
      ) : null}
    </div>
  );
}
