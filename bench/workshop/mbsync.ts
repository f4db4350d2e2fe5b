import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DovecotServer, TestUser } from '../../test/servers/start-dovecot';

/** The peer for whole mailboxes: mbsync of isync, into a Maildir, with its fsync as people run it. */
export interface Mbsync {
  /** Milliseconds of one run. */
  run(): number;
}

/** Null where mbsync is not installed. */
export function setUpMbsync(folder: string, { imapPort }: DovecotServer, user: TestUser): Mbsync | null {
  if (spawnSync('mbsync', ['--version']).status !== 0) return null;
  const config = join(folder, 'mbsyncrc');
  mkdirSync(join(folder, 'mail'));
  writeFileSync(
    config,
    `IMAPAccount server
Host 127.0.0.1
Port ${imapPort}
User ${user.name}
Pass ${user.password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account server

MaildirStore near
Path ${folder}/mail/
Inbox ${folder}/mail/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Expunge Near
SyncState *
`,
  );
  return {
    run: () => {
      const startedAt = performance.now();
      const { status, stderr } = spawnSync('mbsync', ['-q', '-c', config, 'all'], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`mbsync: ${stderr}`);
      return performance.now() - startedAt;
    },
  };
}
