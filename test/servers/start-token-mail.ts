import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthorizationServer } from './start-authorization';
import { type DovecotServer, startDovecot } from './start-dovecot';

/** A Dovecot that takes passwords and access tokens; it asks the authorization server about each (RFC 7662). */
export async function startTokenMail({
  origin,
}: Pick<AuthorizationServer, 'origin'>): Promise<DovecotServer> {
  const directory = mkdtempSync(join(tmpdir(), 'homeport-tokens-'));
  const file = join(directory, 'oauth2.conf');
  const lines = [
    `introspection_url = ${origin}/introspect?token=`,
    'introspection_mode = get',
    'username_attribute = username',
    'active_attribute = active',
    'active_value = true',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const server = await startDovecot({
    mechanisms: 'plain login xoauth2 oauthbearer',
    more: `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${file}\n}`,
  });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
