import { fail, ok } from '../../shared/outcome';
import { answerReceipt } from '../compose/answer-receipt';
import { attachMethods } from '../compose/attach-files';
import { checkDraft } from '../compose/check-draft';
import type { ComposeDeps } from '../compose/compose-deps';
import { createDraft, openDraftMessage } from '../compose/create-draft';
import { draftMethods } from '../compose/draft-methods';
import { editOutbox } from '../compose/edit-outbox';
import { identityMethods } from '../compose/identity-methods';
import { mendWritten } from '../compose/mend';
import { outboxMethods } from '../compose/outbox-methods';
import { sendDraft } from '../compose/send-draft';
import { createSourceUploads } from '../compose/source-uploads';
import { submitSource } from '../compose/submit-source';
import type { EngineHandlers } from './method-handlers';

type Names = Extract<
  keyof EngineHandlers,
  `identities.${string}` | `drafts.${string}` | `outbox.${string}` | `receipts.${string}`
>;

/** Writing and sending (client.md 5 and 7). */
export function composeMethods(deps: ComposeDeps): Pick<EngineHandlers, Names> {
  const drafts = draftMethods(deps);
  const files = attachMethods(deps);
  const outbox = outboxMethods(deps);
  const identities = identityMethods(deps.store);
  const uploads = createSourceUploads();
  mendWritten(deps);
  drafts.sweep();
  return {
    'identities.save': async ({ id, identity }) => identities.save(id, identity),
    'identities.remove': async ({ id }) => identities.remove(id),

    'drafts.create': async (input) => createDraft(deps, input),
    'drafts.openMessage': async ({ messageId }) => openDraftMessage(deps, messageId),
    'drafts.save': async ({ draftId, baseRevision, content }) => drafts.save(draftId, baseRevision, content),
    'drafts.restore': async ({ draftId, revision }) => drafts.restore(draftId, revision),
    'drafts.close': async ({ draftId }) => drafts.close(draftId),
    'drafts.discard': async ({ draftId }) => drafts.discard(draftId),
    'drafts.keep': async ({ draftId }) => drafts.keep(draftId),
    'drafts.attach': async (input) => files.begin(input),
    'drafts.putBytes': async ({ attachmentId, offset, base64 }) =>
      files.put(attachmentId, offset, Buffer.from(base64, 'base64')),
    'drafts.detach': async ({ attachmentId }) => files.detach(attachmentId),
    'drafts.check': async ({ draftId }) => {
      const found = drafts.openDraft(draftId);
      return found.ok ? ok(checkDraft(deps, found.value)) : found;
    },
    'drafts.send': async (input) => sendDraft(deps, input),

    'outbox.undo': async ({ outboxId }) => outbox.undo(outboxId),
    'outbox.sendNow': async ({ outboxId }) => outbox.sendNow(outboxId),
    'outbox.retry': async ({ outboxId }) => outbox.retry(outboxId),
    'outbox.markSent': async ({ outboxId }) => outbox.markSent(outboxId),
    'outbox.sendToOthers': async ({ outboxId }) => outbox.sendToOthers(outboxId),
    'outbox.edit': async ({ outboxId }) => editOutbox(deps, outboxId),
    'outbox.discard': async ({ outboxId }) => outbox.discard(outboxId),
    'outbox.putSource': async ({ uploadId, offset, base64 }) =>
      uploads.put(uploadId, offset, Buffer.from(base64, 'base64')),
    'outbox.submitSource': async ({ identityId, base64, uploadId, later }) => {
      const before = uploadId === undefined ? Buffer.alloc(0) : uploads.take(uploadId);
      if (before === null)
        return fail({ kind: 'conflict', message: 'The message did not come whole.', hint: 'Send it again.' });
      const source = Buffer.concat([before, Buffer.from(base64, 'base64')]);
      return submitSource(deps, { identityId, source, later, origin: 'cli', originKey: null });
    },
    'receipts.answer': ({ messageId, send }) => answerReceipt(deps, messageId, send),
  };
}
