import { readFile } from 'node:fs/promises';
import { fail, ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { findAccount } from '../lookup';
import { readSecret } from '../read-secret';
import { usage } from '../usage';
import { probeFailure, readServer } from './account-add-imap';

/** SYNC-007: the same mail under another server, port or login. */
export const accountServer: Command = {
  name: 'account server',
  summary: 'Change the server, port or login of an account',
  words: 'ID',
  least: 1,
  most: 1,
  flags: [
    { name: 'user', value: 'U', required: true, help: 'Login name' },
    { name: 'imap-host', value: 'H', required: true, help: 'Server for receiving' },
    { name: 'imap-port', value: 'P', required: true, help: 'Its port, often 993' },
    { name: 'imap-security', value: 'tls|starttls|none', required: true, help: 'none only on this computer' },
    {
      name: 'allow-plaintext',
      help: 'Send the password unencrypted where security is none: others can read it',
    },
    { name: 'ca', value: 'FILE', help: 'Certificates (PEM) to trust besides the system’s' },
    { name: 'password-env', value: 'NAME', help: 'Variable with the password, where it is another one' },
    { name: 'password-file', value: 'F', help: 'File with the password, where it is another one' },
    { name: 'resync', help: 'Load everything anew if it is another mailbox' },
    { name: 'discard-pending', help: 'With --resync: give up changes that were not sent' },
  ],
  example:
    'homeport account server 1 --user me --imap-host new.example.org --imap-port 993 --imap-security tls',
  run: async (args, context) => {
    const imap = readServer(args);
    if (!imap.ok) return imap;
    const caFile = args.get('ca');
    const caPem = caFile === null ? null : await readFile(caFile, 'utf8').catch(() => undefined);
    if (caPem === undefined) return usage('The file with certificates cannot be read.', 'Check --ca.');
    const named = args.get('password-env') !== null || args.get('password-file') !== null;
    const password = named ? await readSecret(args, 'password', 'Password') : ok(null);
    if (!password.ok) return password;
    const session = await context.open('network');
    if (!session.ok) return session;
    const { call } = session.value;
    const account = await findAccount(session.value, args.words[0] ?? '');
    if (!account.ok) return account;
    const put = password.value === null ? ok(null) : await call('vault.put', { secret: password.value });
    if (!put.ok) return put;
    const secretRef = put.value?.secretRef;
    const changed = await call('accounts.changeServer', {
      accountId: account.value.id,
      imap: imap.value,
      caPem,
      secretRef,
      ifDifferent: args.has('resync') ? 'resync' : 'cancel',
      discardPending: args.has('discard-pending'),
    });
    const kept = changed.ok && (changed.value.result === 'kept' || changed.value.result === 'resync');
    if (!kept && secretRef !== undefined) await call('vault.forget', { secretRef });
    if (!changed.ok) return changed;
    const { result, accountId, probe } = changed.value;
    if (result === 'refused') return fail(probeFailure(probe));
    if (result === 'different') {
      return fail({
        kind: 'conflict',
        message: 'This is another mailbox, or it cannot be told that it is the same.',
        hint: 'Nothing was changed. With --resync everything is loaded anew.',
      });
    }
    const text =
      result === 'kept' ? 'Changed; everything stays.' : `Everything is loaded anew as account ${accountId}.`;
    return ok({ kind: 'data', json: { accountId: String(accountId), result }, text });
  },
};
