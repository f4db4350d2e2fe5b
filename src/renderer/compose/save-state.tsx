import { Check, CloudCheck, CloudOff } from 'lucide-react';
import { composeStrings } from '../strings/compose';
import { Spoken } from '../ui/live-region';
import type { DraftSnapshot } from './draft-session';
import styles from './save-state.module.css';

/** Where the newest word is: on this computer, or at the server too (APP-124). */
export function SaveState({ draft }: { readonly draft: DraftSnapshot }) {
  const { saved } = draft;
  const Icon = saved === 'server' ? CloudCheck : saved === 'failed' ? CloudOff : Check;
  return (
    <Spoken as="span" calm className={styles.state} data-saved={saved}>
      {saved !== 'writing' && <Icon size={14} aria-hidden />}
      {composeStrings.saved[saved]}
    </Spoken>
  );
}
