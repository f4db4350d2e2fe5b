import { useEffect, useState } from 'react';
import type { DraftId } from '../../shared/domain';
import { useCommand } from '../commands/registry';
import { ComposerDock } from '../compose/composer-dock';
import { closeDraft, showDraft, useOpenDrafts } from '../compose/open-drafts';
import { sessionOf } from '../compose/sessions';
import { composeStrings } from '../strings/compose';
import { layoutStrings } from '../strings/layout';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';
import { EmptyState } from '../ui/empty-state';
import styles from './reader-window.module.css';
import { useCloseWhenDone } from './use-close-when-done';

/** A window of its own for one letter (APP-137); sent or put away, it closes once nothing can be taken back. */
export function ComposerWindow({ draftId }: { readonly draftId: DraftId }) {
  const [begun, setBegun] = useState(false);
  const open = useOpenDrafts((state) => state.drafts.length > 0);
  useEffect(() => {
    void call('drafts.get', { draftId }).then((draft) => {
      if (draft.ok && draft.value) showDraft(draft.value, 'full');
      setBegun(true);
    });
  }, [draftId]);
  const draft = useLiveQuery('drafts.get', { draftId }, [`draft:${draftId}`]).data;
  const title = draft
    ? draft.content.subject || composeStrings.titles[draft.kind]
    : composeStrings.titles.new;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useCommand('window.close', () => {
    if (!draft || !open) return window.close();
    const session = sessionOf(draft);
    void closeDraft(session, () => session.flush());
  });
  useCloseWhenDone(begun && !open);
  return (
    <main className={styles.screen}>
      {begun && !open && <EmptyState title={layoutStrings.doneHere} text={layoutStrings.doneHereText} />}
      <ComposerDock alone />
    </main>
  );
}
