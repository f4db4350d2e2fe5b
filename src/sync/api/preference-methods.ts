import { Settings } from '../../shared/contract/settings';
import { ok } from '../../shared/outcome';
import type { Clock } from '../ports/clock';
import type { Store } from '../store/open-store';
import { readPreferences } from '../store/read/settings';
import { setListMode } from '../store/write/list-mode';
import { allowRemoteSender, revokeRemoteSender } from '../store/write/remote-senders';
import { writePreferences } from '../store/write/settings';
import type { EngineHandlers } from './method-handlers';

type Names = 'settings.set' | 'lists.setMode' | 'remoteContent.allow' | 'remoteContent.revoke';

export function preferenceMethods(store: Store, clock: Clock): Pick<EngineHandlers, Names> {
  return {
    // Unknown keys survive: another version of the application may have written them (APP-251).
    'settings.set': async ({ patch }) => {
      const before = readPreferences(store.read);
      const next = Settings.parse({ ...before, ...patch });
      store.writeTx('user', (tx) => {
        writePreferences(tx, next);
        if (next.countDuplicatesOnce !== before.countDuplicatesOnce) tx.touch('lists');
      });
      return ok(next);
    },
    'lists.setMode': async ({ listId, mode }) => {
      await setListMode(store, clock, listId, mode);
      return ok(null);
    },
    'remoteContent.allow': async ({ sender }) => {
      store.writeTx('user', (tx) => allowRemoteSender(tx, sender));
      return ok(null);
    },
    'remoteContent.revoke': async ({ sender }) => {
      store.writeTx('user', (tx) => revokeRemoteSender(tx, sender));
      return ok(null);
    },
  };
}
