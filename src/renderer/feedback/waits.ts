import type { MethodName } from '../../shared/contract/methods';
import { waitStrings } from '../strings/waits';
import { setCallWatch } from '../transport/call';
import { beginWork } from './running-work';

/**
 * Calls somebody waits for that have no place of their own on screen: what takes long shows itself in the window's
 * header (promise 4). What is followed with numbers where it was asked for, what a live query asks, and what nobody
 * waits for is not here; `waits.test.ts` knows the reason of each.
 */
const ELSEWHERE: Readonly<Partial<Record<MethodName, string>>> = {
  'accounts.changeServer': waitStrings.account,
  'accounts.pinCertificate': waitStrings.account,
  'accounts.remove': waitStrings.removing,
  'accounts.setSubmission': waitStrings.account,
  'accounts.unpinCertificate': waitStrings.account,
  'accounts.update': waitStrings.account,
  'content.open': waitStrings.opening,
  'drafts.openMessage': waitStrings.opening,
  'drafts.send': waitStrings.sending,
  'links.open': waitStrings.opening,
  'messages.unsubscribe': waitStrings.unsubscribing,
  'oauth.begin': waitStrings.signIn,
  'oauth.beginDevice': waitStrings.signIn,
  'oauth.check': waitStrings.signIn,
};

/** Those this computer answers alone: told when they take so long that words are due. */
const HERE: Readonly<Partial<Record<MethodName, string>>> = {
  'accounts.addLocal': waitStrings.account,
  'drafts.check': waitStrings.sending,
  'drafts.create': waitStrings.opening,
  'drafts.discard': waitStrings.changing,
  'drafts.restore': waitStrings.opening,
  'identities.remove': waitStrings.saving,
  'identities.save': waitStrings.saving,
  'lists.setMode': waitStrings.grouping,
  'mailboxes.setPolicy': waitStrings.saving,
  'messages.named': waitStrings.opening,
  'outbox.discard': waitStrings.changing,
  'outbox.edit': waitStrings.opening,
  'outbox.markSent': waitStrings.changing,
  'outbox.retry': waitStrings.sending,
  'outbox.sendNow': waitStrings.sending,
  'outbox.sendToOthers': waitStrings.sending,
  'outbox.undo': waitStrings.changing,
  'pending.discard': waitStrings.changing,
  'pending.redirect': waitStrings.changing,
  'pending.retry': waitStrings.changing,
  'receipts.answer': waitStrings.sending,
  'remoteContent.allow': waitStrings.saving,
  'remoteContent.revoke': waitStrings.saving,
  'settings.set': waitStrings.saving,
  'sync.setMetered': waitStrings.changing,
  'sync.setOffline': waitStrings.changing,
  'window.open': waitStrings.opening,
};

/** All of them. */
export const WAITED: Readonly<Partial<Record<MethodName, string>>> = { ...ELSEWHERE, ...HERE };

/** Called once by the composition root. */
export function watchWaits(): void {
  setCallWatch((method) => {
    const doing = WAITED[method];
    return doing === undefined ? null : beginWork({ place: 'window', doing, local: method in HERE }).end;
  });
}
