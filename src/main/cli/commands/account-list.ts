import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { accountShape, rowsOf } from '../shapes';
import { table } from '../table';

/** CLI-024. */
export const accountList: Command = {
  name: 'account list',
  summary: 'List the accounts',
  flags: [],
  example: 'homeport account list --json',
  run: async (_args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const accounts = await session.value.call('accounts.list', {});
    if (!accounts.ok) return accounts;
    const rows = accounts.value.map(accountShape);
    const text = table(
      ['ID', 'STATE', 'NAME', 'ADDRESS', 'LAST SYNC'],
      rows.map((row) => [row.id, row.state, row.name, row.email, row.lastSyncedAt ?? 'never']),
    );
    return ok({ kind: 'data', json: rowsOf(rows), text });
  },
};
