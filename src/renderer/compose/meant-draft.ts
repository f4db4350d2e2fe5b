import type { CommandTarget } from '../commands/target';
import { focusedElement } from '../layout/regions';
import type { DraftSession } from './draft-session';

/** The letter, when it is the one that is named or, without a name, the one whose field or button has the focus. */
export function meantDraft(
  target: CommandTarget | undefined,
  session: DraftSession,
  element: HTMLElement | null,
): DraftSession | null {
  const isMeant =
    target === undefined
      ? (element?.contains(focusedElement()) ?? false)
      : target.kind === 'draft' && target.draftId === session.id;
  return isMeant ? session : null;
}
