import type { AttachmentView } from '../../shared/contract/views';
import type { MessageId } from '../../shared/domain';

/** Which file is looked at: an attachment of a message, or of a message attached to it. */
export interface PlacedFile {
  readonly messageId: MessageId;
  readonly file: AttachmentView;
  /** Positions of the messages it is inside of, outermost first. */
  readonly inside: readonly number[];
}
