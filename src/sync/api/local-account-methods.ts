import type { AccountId, MailboxId, MailboxRole } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import { observeSource } from '../mime/observe-source';
import { OWNER } from '../mime/sample/generate-message';
import { sampleMailbox } from '../mime/sample/sample-mailbox';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { listAccounts } from '../store/read/accounts';
import { identitiesOf } from '../store/read/identities';
import { insertAccount, setAccountState } from '../store/write/accounts';
import { firstIdentity, updateIdentity } from '../store/write/identities';
import { importMessages } from '../store/write/import-messages';
import { insertLocalMailbox } from '../store/write/mailboxes';
import type { EngineHandlers } from './method-handlers';

/** The mailboxes a local account starts with; a sample adds the ones its messages name. */
const LOCAL_MAILBOXES: readonly { readonly path: string; readonly role: MailboxRole }[] = [
  { path: 'Inbox', role: 'inbox' },
  { path: 'Archive', role: 'archive' },
  { path: 'Drafts', role: 'drafts' },
  { path: 'Sent', role: 'sent' },
  { path: 'Trash', role: 'trash' },
  { path: 'Junk', role: 'junk' },
];
/** Messages stored in one turn: parsing and storing them stays well below 50 ms. */
const IMPORT_CHUNK = 20;
/** Eight hues (ui.md section 5), given in turn. */
const HUES = 8;

/** Accounts without a server: for imports, archives and the sample that needs no account at all (CLI-022). */
export function localAccountMethods(store: Store, ports: Ports): Pick<EngineHandlers, 'accounts.addLocal'> {
  async function fill(
    accountId: AccountId,
    mailboxes: Map<string, MailboxId>,
    count: number,
    seed: number,
  ): Promise<void> {
    const nextUid = new Map<MailboxId, number>();
    let chunk = new Map<MailboxId, Parameters<typeof importMessages>[2][number][]>();
    let held = 0;
    const flush = async (): Promise<void> => {
      store.space.requireRoom();
      store.writeTx('import', (tx) => {
        for (const [mailboxId, items] of chunk) importMessages(tx, mailboxId, items);
      });
      chunk = new Map();
      held = 0;
      await store.turns.next('backfill');
    };
    for (const message of sampleMailbox(count, seed, ports.clock.now())) {
      const mailboxId =
        mailboxes.get(message.path) ?? addMailbox(accountId, mailboxes, message.path, message.role);
      const uid = nextUid.get(mailboxId) ?? 1;
      nextUid.set(mailboxId, uid + 1);
      const { message: observed, body } = observeSource(message.raw, {
        uid,
        keywords: message.keywords,
        receivedAt: message.receivedAt,
      });
      const items = chunk.get(mailboxId);
      if (items) items.push({ observed, body });
      else chunk.set(mailboxId, [{ observed, body }]);
      held += 1;
      if (held >= IMPORT_CHUNK) await flush();
    }
    if (held > 0) await flush();
  }

  function addMailbox(
    accountId: AccountId,
    mailboxes: Map<string, MailboxId>,
    path: string,
    role: MailboxRole | null,
  ): MailboxId {
    const id = store.writeTx('import', (tx) => insertLocalMailbox(tx, accountId, { path, role }));
    mailboxes.set(path, id);
    return id;
  }

  return {
    'accounts.addLocal': async ({ name, sample, seed }) => {
      if (sample > 0 && !store.space.resume()) store.space.requireRoom();
      const mailboxes = new Map<string, MailboxId>();
      const accountId = store.writeTx('user', (tx) => {
        const id = insertAccount(tx, {
          protocol: 'local',
          name,
          email: '',
          hue: listAccounts(store.read).length % HUES,
          settings: null,
          now: ports.clock.now(),
        });
        // The sample's mail is addressed to somebody: answers to it are from that person.
        const [own] = identitiesOf(tx.db, id);
        if (sample > 0 && own) updateIdentity(tx, own.id, firstIdentity(id, OWNER.name, OWNER.address));
        return id;
      });
      for (const { path, role } of LOCAL_MAILBOXES) addMailbox(accountId, mailboxes, path, role);
      if (sample > 0) await fill(accountId, mailboxes, sample, seed);
      store.writeTx('user', (tx) =>
        setAccountState(tx, accountId, { state: 'ok', lastSyncedAt: ports.clock.now() }),
      );
      return ok({ accountId });
    },
  };
}
