import type { AccountId, MessageId, OutboxId } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';
import type { ComposedMessage, ComposeInput } from '../mime/compose-message';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';

/** What writing and sending needs from outside. */
export interface ComposeDeps {
  readonly store: Store;
  readonly clock: Ports['clock'];
  readonly random: Ports['random'];
  /** Bytes of a message (mime/compose-message). */
  readonly compose: (input: ComposeInput) => Promise<ComposedMessage>;
  /** Brings one attachment (index) or the whole source (null) of a message to this computer. */
  readonly load: (
    accountId: AccountId,
    messageId: MessageId,
    index: number | null,
  ) => Promise<Outcome<'here' | 'gone'>>;
  /** Brings the text of a message to this computer. */
  readonly loadBody: (accountId: AccountId, messageId: MessageId) => Promise<Outcome<'here' | 'gone'>>;
  /** Stops handing over a message; it is not tried again before the answer is called. */
  readonly holdBack: (accountId: AccountId, outboxId: OutboxId) => Promise<() => void>;
  /** Sets a keyword through the one door. */
  readonly mark: (messageId: MessageId, keyword: string) => Promise<Outcome<unknown>>;
}

/** Tokens on the wire: random 128 bits (SYNC-271, SYNC 7.1 `token`). */
export const TOKEN_BYTES = 16;
