import { commandStrings } from '../strings/commands';
import { useWaitingKeys } from './use-shortcuts';
import styles from './waiting-keys.module.css';

/** The key of a sequence that has begun, in the corner (UI-060). */
export function WaitingKeys() {
  const keys = useWaitingKeys((state) => state.keys);
  return keys === null ? null : (
    <div className={styles.waiting} aria-hidden>
      {commandStrings.waitingKey(keys)}
    </div>
  );
}
