import type { DraftId } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';

/** A revision of a draft as it goes upstream. */
export interface DraftSource {
  /** RFC 5322 with CRLF and the private header. */
  readonly source: Uint8Array;
  /** With angle brackets. */
  readonly messageId: string;
  readonly token: string;
  readonly revision: number;
  /** When the draft was last touched: another time later means that there is more to save. */
  readonly savedAt: number;
  /** As a pull will compute it (SYNC-100). */
  readonly identity: string | null;
  readonly date: number;
}

/** Makes the bytes of the newest revision; null = there is no such draft any more, or nobody writes it any more. */
export type DraftSourceOf = (draftId: DraftId) => Promise<Outcome<DraftSource | null>>;
