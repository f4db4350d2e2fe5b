import { type ReactNode, useState } from 'react';
import type { SendCheck, SendProblem } from '../../shared/contract/compose-views';
import type { MethodInput } from '../../shared/contract/methods';
import { showFailure } from '../feedback/undo';
import { focusRegion } from '../layout/regions';
import { formatSize } from '../list/format-size';
import { followSend } from '../outbox/follow-send';
import { useSettings } from '../settings/use-settings';
import { openDialog } from '../state/ui-store';
import { composeStrings } from '../strings/compose';
import { listed } from '../strings/plural';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import type { DraftSession } from './draft-session';
import { useIdentities } from './identities';
import { dropDraft } from './open-drafts';
import { ProblemsDialog } from './problems-dialog';
import { SendLaterDialog } from './send-later-dialog';

type Later = MethodInput<'drafts.send'>['later'];

interface Sending {
  readonly busy: boolean;
  /** What must be mended first. */
  readonly problems: ReactNode;
  /** A question that sending asks, if any. */
  readonly dialog: ReactNode;
  start(later: Later): Promise<void>;
  chooseTime(): void;
}

/** Sends a draft: saved first, looked at, then frozen; it can be taken back for a while (APP-128). */
export function useSend(session: DraftSession): Sending {
  const { undoSendSeconds } = useSettings();
  const [busy, setBusy] = useState(false);
  const [stops, setStops] = useState<readonly SendProblem[]>([]);
  const [check, setCheck] = useState<SendCheck | null>(null);
  const [question, setQuestion] = useState<{ warnings: readonly SendProblem[]; later: Later } | null>(null);
  const [choosing, setChoosing] = useState(false);

  const send = async (later: Later, confirmed: boolean): Promise<void> => {
    session.keepBeginning();
    const saved = await session.flush();
    if (!saved.ok) return showFailure(composeStrings.notSent, saved.failure);
    const checked = await call('drafts.check', { draftId: session.id });
    if (!checked.ok) return showFailure(composeStrings.notSent, checked.failure);
    const { problems } = checked.value;
    setCheck(checked.value);
    const stopping = problems.filter(({ severity }) => severity === 'stop');
    setStops(stopping);
    if (stopping.length > 0) return;
    const warnings = problems.filter(({ severity }) => severity === 'warn');
    if (warnings.length > 0 && !confirmed) return setQuestion({ warnings, later });
    const { subject } = session.snapshot().content;
    const sent = await call('drafts.send', {
      draftId: session.id,
      revision: session.revision,
      undoSeconds: later === null ? undoSendSeconds : 0,
      later,
    });
    if (!sent.ok) return showFailure(composeStrings.notSent, sent.failure);
    dropDraft(session.id);
    focusRegion('list');
    followSend(sent.value, subject, later !== null);
  };
  const start = async (later: Later, confirmed = false): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setQuestion(null);
    setChoosing(false);
    await send(later, confirmed);
    setBusy(false);
  };

  return {
    busy,
    start: (later) => start(later),
    chooseTime: () => setChoosing(true),
    problems: stops.length > 0 && (
      <Banner
        tone="danger"
        announce
        actions={
          stops.some(({ kind }) => kind === 'no-submission-server') && (
            <SetUpSending session={session} onOpen={() => setStops([])} />
          )
        }
      >
        {stops.map((problem) => problemWords(problem, check)).join(' ')}
      </Banner>
    ),
    dialog: question ? (
      <ProblemsDialog
        session={session}
        warnings={question.warnings}
        onSend={() => void start(question.later, true)}
        onClose={() => setQuestion(null)}
      />
    ) : choosing ? (
      <SendLaterDialog onChoose={(later) => void start(later)} onClose={() => setChoosing(false)} />
    ) : null,
  };
}

/** Offered where the account has a server at all: one without receives nothing either. */
function SetUpSending({ session, onOpen }: { readonly session: DraftSession; readonly onOpen: () => void }) {
  const { identityId } = session.snapshot().content;
  const from = useIdentities().find(({ id }) => id === identityId)?.accountId;
  const account = useLiveQuery('accounts.list', {}, ['accounts']).data?.find(({ id }) => id === from);
  if (!account?.server) return null;
  const open = () => {
    onOpen();
    openDialog({ kind: 'submission', accountId: account.id });
  };
  return (
    <Button size="small" onPress={open}>
      {composeStrings.setUpSending}
    </Button>
  );
}

function problemWords(problem: SendProblem, check: SendCheck | null): string {
  if (problem.kind === 'too-large' && check?.limit != null)
    return composeStrings.problems['too-large'](
      composeStrings.sizeOf(formatSize(check.size), formatSize(check.limit)),
    );
  return composeStrings.problems[problem.kind](listed(problem.about));
}
