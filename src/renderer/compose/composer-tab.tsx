import { PenLine, X } from 'lucide-react';
import type { DraftId } from '../../shared/domain';
import { composeStrings } from '../strings/compose';
import { IconButton } from '../ui/icon-button';
import styles from './composer-dock.module.css';
import type { DraftSession } from './draft-session';
import { closeDraft, dropDraft } from './open-drafts';
import { useDraft, useSession } from './sessions';

interface ComposerTabProps {
  readonly draftId: DraftId;
  onOpen(): void;
}

/** A letter that is put down: its subject, to take it up or close it. */
export function ComposerTab({ draftId, onOpen }: ComposerTabProps) {
  const session = useSession(draftId);
  if (session === null || session === 'gone') return null;
  return <Tab session={session} onOpen={onOpen} />;
}

function Tab({ session, onOpen }: { readonly session: DraftSession; onOpen(): void }) {
  const { content } = useDraft(session);
  const title = content.subject || composeStrings.titles[session.kind];
  return (
    <div className={styles.tab}>
      <button
        type="button"
        className={styles.tabOpen}
        onClick={onOpen}
        aria-label={composeStrings.open(title)}
      >
        <PenLine size={16} aria-hidden />
        <bdi className={styles.tabTitle}>{title}</bdi>
      </button>
      <IconButton
        size="small"
        label={composeStrings.closeOf(title)}
        onPress={() => void closeDraft(session, () => session.flush())}
      >
        <X />
      </IconButton>
    </div>
  );
}

/** For a composer whose draft has gone elsewhere: sent or thrown away by another window. */
export function GoneDraft({ draftId }: { readonly draftId: DraftId }) {
  return (
    <div className={styles.gone}>
      <p>{composeStrings.gone}</p>
      <IconButton label={composeStrings.close} size="small" onPress={() => dropDraft(draftId)}>
        <X />
      </IconButton>
    </div>
  );
}
