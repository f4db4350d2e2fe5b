import { CONFLICT_INTENTS, CONFLICT_POLICY, type ConflictRow } from '../../shared/conflict-policy';
import { closeDialog } from '../state/ui-store';
import { conflictStrings } from '../strings/changes';
import { Dialog } from '../ui/dialog';
import styles from './conflict-policy-dialog.module.css';

/** "What happens when two devices disagree" (APP-198): the policy's own table, every row of it. */
export function ConflictPolicyDialog() {
  const rows: readonly ConflictRow[] = CONFLICT_POLICY;
  return (
    <Dialog title={conflictStrings.title} size={800} onClose={closeDialog} isReading>
      <p className={styles.intro}>{conflictStrings.intro}</p>
      {rows.map(({ fact, title, cells }) => (
        <section key={fact} className={styles.row} aria-labelledby={`conflict-${fact}`}>
          <h3 id={`conflict-${fact}`} className={styles.fact}>
            {title}
          </h3>
          <dl className={styles.cells}>
            {CONFLICT_INTENTS.map((intent) => {
              const cell = cells[intent];
              return cell ? (
                <div key={intent} className={styles.cell}>
                  <dt>{conflictStrings.intents[intent]}</dt>
                  <dd>{cell.text}</dd>
                </div>
              ) : null;
            })}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
