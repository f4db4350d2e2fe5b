import { FLAGGED, SEEN } from '../../src/shared/domain';
import { generateMessage } from '../../src/sync/mime/sample/generate-message';
import type { MaildirMessage } from '../../test/servers/maildir';
import type { DovecotServer, TestUser } from '../../test/servers/start-dovecot';
import { fetchHeaders } from './bare-client';

export interface FilledUser {
  readonly user: TestUser;
  readonly count: number;
}

/** The newest message; the others are older. A fixed day makes every run the same. */
const NEWEST_MS = Date.UTC(2026, 0, 15, 12);
const SEED = 1;
const FLAGS = new Map([
  [SEEN, '\\Seen'],
  [FLAGGED, '\\Flagged'],
]);

/** A user whose inbox holds `count` generated messages; the server has read them once, as a server in use has. */
export async function fillUser(server: DovecotServer, count: number): Promise<FilledUser> {
  const user = await server.addUser();
  server.fill(user, 'INBOX', generatedMail(count));
  await fetchHeaders(server, user);
  return { user, count };
}

/** Oldest first, as mail arrives: the newest has the highest UID. */
export function* generatedMail(count: number): Generator<MaildirMessage> {
  for (let index = count - 1; index >= 0; index--) {
    const { raw, date, flags } = generateMessage(index, SEED, NEWEST_MS);
    yield { raw, date, flags: flags.flatMap((flag) => FLAGS.get(flag) ?? []) };
  }
}
