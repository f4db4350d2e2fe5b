import { join } from 'node:path';
import type { HostEvent } from '../../src/shared/contract/events';
import type { AccountId } from '../../src/shared/domain';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { createSupervisor, type Supervisor } from '../../src/sync/engine/supervisor';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { createReportedNetwork } from '../../src/sync/ports/system-network';
import { createSystemRandom } from '../../src/sync/ports/system-random';
import { openStore, type Store } from '../../src/sync/store/open-store';
import { listAccounts } from '../../src/sync/store/read/accounts';
import { mailboxByRole } from '../../src/sync/store/read/mailboxes';
import { insertAccount } from '../../src/sync/store/write/accounts';
import { noSending } from '../../test/fakes/no-sending';
import type { TestUser } from '../../test/servers/start-dovecot';

const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Store, engine and IMAP connector in this process, without hosts and windows around them. */
export interface Core {
  readonly store: Store;
  readonly supervisor: Supervisor;
  /** Adds the account and starts to sync it; answers at once. */
  addAccount(user: TestUser, port: number): AccountId;
  accounts(): readonly AccountId[];
  /** Messages of the inbox that are stored with all their headers, and with their bodies. */
  inbox(accountId: AccountId): { readonly headers: number; readonly bodies: number };
  /** Resolves at the commit after which the condition holds. */
  when(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Where an account of the profile is reached this time, by the name of its user. */
type Places = Readonly<Record<string, { readonly port: number; readonly password: string }>>;

export function startCore(profileDir: string, places: Places = {}): Core {
  const clock = createSystemClock();
  const network = createReportedNetwork();
  const random = createSystemRandom();
  const store = openStore(join(profileDir, 'homeport.sqlite'), { clock, logger: QUIET });
  const passwords = new Map<AccountId, string>();
  const supervisor = createSupervisor({
    ...noSending,
    store,
    clock,
    network,
    random,
    logger: QUIET,
    runId: random.token(8),
    emit: (_event: HostEvent) => {},
    connect: (account) => {
      const { imap, ...rest } = account.settings as NonNullable<typeof account.settings>;
      const place = places[imap.user];
      const server = { ...imap, ...(place ? { port: place.port } : {}) };
      const secret = async () => place?.password ?? passwords.get(account.id) ?? null;
      const client = { name: 'Homeport', version: '0.0.0', contact: 'The authors' };
      return createImapConnector(
        { ...rest, server, secret },
        { clock, logger: QUIET, client, turns: store.turns },
      );
    },
  });
  supervisor.start();
  return {
    store,
    supervisor,
    addAccount: (user, port) => {
      const accountId = store.writeTx('user', (tx) =>
        insertAccount(tx, {
          protocol: 'imap',
          name: user.name,
          email: `${user.name}@example.org`,
          hue: 0,
          now: clock.now(),
          settings: {
            name: user.name,
            email: `${user.name}@example.org`,
            imap: { host: '127.0.0.1', port, security: 'none', user: user.name },
            smtp: null,
            caPem: null,
            auth: 'password',
            secretRef: 'secret',
            pinned: [],
          },
        }),
      );
      passwords.set(accountId, user.password);
      void supervisor.refreshAccount(accountId);
      return accountId;
    },
    accounts: () => listAccounts(store.read).map(({ id }) => id),
    inbox: (accountId) => {
      const inbox = mailboxByRole(store.read, accountId, 'inbox');
      return { headers: inbox?.storedCount ?? 0, bodies: inbox?.bodyCount ?? 0 };
    },
    when: (condition) =>
      new Promise((resolve) => {
        if (condition()) return resolve();
        const end = store.feed.subscribe(() => {
          if (!condition()) return;
          end();
          resolve();
        });
      }),
    stop: async () => {
      await supervisor.stop();
      store.close();
    },
  };
}
