import type { BodyView } from '../../shared/contract/views';
import { readerStrings } from '../strings/reader';
import { Banner } from '../ui/banner';
import { looksLikeAnother, type SenderNote } from './sender-notes';

interface SenderBannerProps {
  readonly authentication: BodyView['authentication'];
  readonly notes: readonly SenderNote[];
}

/** True when the message is headed by a warning about its sender; then it is not offered an answer either. */
export function warnsOfSender({ authentication, notes }: SenderBannerProps): boolean {
  return authentication.verdict === 'suspicious' || looksLikeAnother(notes);
}

/**
 * One warning above the message (UI-033, first in order): that its sender looks like somebody else (APP-087), that the
 * checks failed (APP-086), or both in one line.
 */
export function SenderBanner({ authentication, notes }: SenderBannerProps) {
  const failed = authentication.verdict === 'suspicious';
  const another = notes.find((note) => looksLikeAnother([note]));
  if (another !== undefined)
    return (
      <Banner tone={failed ? 'danger' : 'warning'}>
        {readerStrings.looksLikeAnother(noteText(another))}
      </Banner>
    );
  return failed ? <Banner tone="danger">{readerStrings.suspicious}</Banner> : null;
}

/** A note about the sender in one plain sentence. */
export function noteText(note: SenderNote): string {
  switch (note.kind) {
    case 'name-shows-other':
      return readerStrings.nameShowsOther(note.shown, note.real);
    case 'namesake': {
      const words = note.from === 'outside' ? readerStrings.namesake : readerStrings.namesakeNearby;
      return words(note.name, note.known, note.real);
    }
    case 'mixed-alphabets':
      return readerStrings.mixedAlphabets(note.domain, note.plain);
    case 'reply-elsewhere':
      return readerStrings.replyElsewhere(note.domain);
  }
}
