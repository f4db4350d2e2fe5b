import type { MessageId } from '../../shared/domain';
import { writeOn } from '../compose/start-draft';
import { composeStrings } from '../strings/compose';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';

/** A draft that is read offers to be written on. */
export function DraftBanner({ messageId }: { readonly messageId: MessageId }) {
  return (
    <Banner
      tone="info"
      actions={
        <Button size="small" variant="quiet" onPress={() => void writeOn(messageId)}>
          {composeStrings.editDraft}
        </Button>
      }
    >
      {composeStrings.isDraft}
    </Banner>
  );
}
