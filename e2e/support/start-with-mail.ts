import type { DovecotServer, TestUser } from '../../test/servers/start-dovecot';
import type { Homeport } from '../fixtures';
import { type Letter, letters } from './letters';
import { waitForMail } from './screen';

/** What most flows begin with: the app and somebody's mail on a server. */
interface Desk {
  readonly app: Homeport;
  readonly server: DovecotServer;
  readonly user: TestUser;
}

/**
 * Fills the user's inbox with `count` letters "`name` 1" (the newest) onwards, adds the account and waits until all of
 * it is synced and the newest is on screen. `more`: what letter number `at`, from 1, has besides its subject.
 * Answers the account's id.
 */
export async function startWithMail(
  { app, server, user }: Desk,
  name: string,
  count: number,
  more: (at: number) => Partial<Letter> = () => ({}),
): Promise<string> {
  server.fill(
    user,
    'INBOX',
    letters(count, (at) => ({ subject: `${name} ${at + 1}`, ...more(at + 1) })),
  );
  const accountId = await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(app.page, `${name} 1,`);
  return accountId;
}
