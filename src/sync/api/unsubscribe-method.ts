import type { Failure } from '../../shared/failure';
import type { HeaderFacts } from '../../shared/observation';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { authenticationView } from '../mime/authentication-view';
import { unsubscribeOffer } from '../mime/unsubscribe-offer';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { getAccount } from '../store/read/accounts';
import { getMessage } from '../store/read/messages';
import { finishLog, startLog } from '../store/write/sync-log';
import type { EngineHandlers } from './method-handlers';

/** A person waits for the answer. */
const TIMEOUT_MS = 15_000;

/**
 * RFC 8058: leaves a list by one POST. What the window thinks of the message does not count: the conditions are looked
 * at again here. The attempt and its end stand in the sync log (APP-093).
 */
export function unsubscribeMethods(
  store: Store,
  { http }: Pick<Ports, 'http'>,
): Pick<EngineHandlers, 'messages.unsubscribe'> {
  return {
    'messages.unsubscribe': async ({ messageId }) => {
      const message = getMessage(store.read, messageId);
      const account = message && getAccount(store.read, message.account_id);
      if (!account) return fail({ kind: 'not-found', message: 'This message is no longer here.' });
      const headers = JSON.parse(message.headers_json) as HeaderFacts;
      const host = account.settings?.imap.host ?? null;
      const offer = unsubscribeOffer(headers, authenticationView(headers, host, account.email));
      if (!offer.oneClick || offer.http === null) {
        return fail({ kind: 'invalid', message: 'This list cannot be left with one click.' });
      }
      const log = store.writeTx('user', (tx) =>
        startLog(tx, { accountId: account.id, kind: 'send', mailbox: null, trigger: 'user' }),
      );
      const answer = judge(
        await http.post({
          url: offer.http,
          contentType: 'application/x-www-form-urlencoded',
          body: 'List-Unsubscribe=One-Click',
          timeoutMs: TIMEOUT_MS,
        }),
      );
      store.writeTx('user', (tx) =>
        finishLog(tx, log, {
          result: answer.ok ? 'ok' : 'error',
          roundTrips: 1,
          failure: answer.ok ? null : answer.failure,
        }),
      );
      return answer;
    },
  };
}

/** A redirect is no yes: where it leads is for a person to see, in their browser. */
function judge(reply: Outcome<{ readonly status: number }>): Outcome<null> {
  if (!reply.ok) return reply;
  const { status } = reply.value;
  if (status >= 200 && status < 300) return ok(null);
  const failure: Failure = {
    kind: 'rejected',
    code: String(status),
    message: 'The list did not confirm that you left it.',
    hint: 'Open its page and leave it there.',
  };
  return fail(failure);
}
