import { expect, test } from './fixtures';
import { row, waitForMail } from './support/screen';

test('a change made by the command line appears in the window', async ({ app }) => {
  await app.addSample(20);
  const { page } = app;
  const { rows } = await app.cliJson<{
    rows: { id: string; subject: string; mailboxes: { role: string }[] }[];
  }>([...['list', '--mailbox', 'role:inbox', '--limit', '1']]);
  const first = rows[0];
  await waitForMail(page, first?.subject ?? '');
  await app.cliJson(['mutate', 'keyword', '--add', '$flagged', first?.id ?? '']);
  await expect(row(page, first?.subject ?? '').first()).toHaveAccessibleName(/starred/);
});
