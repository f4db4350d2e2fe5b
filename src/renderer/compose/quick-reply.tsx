import { Reply, ReplyAll } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { MessageView } from '../../shared/contract/views';
import type { DraftId } from '../../shared/domain';
import { nameOf } from '../reader/people';
import { composeStrings } from '../strings/compose';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { useOpenDrafts } from './open-drafts';
import styles from './quick-reply.module.css';
import { writeQuickly } from './start-draft';

const QuickEditor = lazy(() =>
  import('./quick-editor').then(({ QuickEditor: component }) => ({ default: component })),
);

/**
 * The field below a conversation (APP-103): one line, and an editor as soon as somebody writes. It is a draft like any
 * other, so it is there again after leaving and returning, and after a restart.
 */
export function QuickReply({ message }: { readonly message: MessageView }) {
  const drafts = useLiveQuery('drafts.list', {}, ['drafts']).data ?? [];
  const inComposer = useOpenDrafts((state) => state.drafts);
  const [begun, setBegun] = useState<DraftId | null>(null);
  const stored = drafts.find(({ quick, relatedId }) => quick && relatedId === message.id)?.id ?? null;
  const draftId = stored ?? begun;
  const elsewhere = inComposer.some(({ id }) => id === draftId);
  const begin = async (kind: 'reply' | 'reply-all') => {
    const draft = await writeQuickly(kind, message.id);
    if (draft) setBegun(draft.id);
  };
  const others = message.to.length + message.cc.length > 1;
  const to = message.replyTo[0] ?? message.from[0];
  // Nobody can be answered who left no address.
  if (draftId === null && !to?.address.includes('@')) return null;
  const name = nameOf(to ?? { name: '', address: '' });
  return (
    <section className={styles.reply} aria-label={composeStrings.quickRegion}>
      {draftId !== null && !elsewhere ? (
        <Suspense fallback={<div className={styles.line} aria-busy />}>
          <QuickEditor draftId={draftId} fresh={begun === draftId} onDone={() => setBegun(null)} />
        </Suspense>
      ) : (
        <div className={styles.line}>
          <Button variant="quiet" icon={<Reply />} onPress={() => void begin('reply')}>
            {composeStrings.quickReply(name)}
          </Button>
          {others && (
            <IconButton label={composeStrings.replyAll} onPress={() => void begin('reply-all')}>
              <ReplyAll />
            </IconButton>
          )}
        </div>
      )}
    </section>
  );
}
