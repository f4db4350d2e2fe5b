import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { parseCount } from '../lookup';
import { usage } from '../usage';

/** What the contract takes. */
const MOST_NAME = 100;

/** CLI-022. */
export const accountAddLocal: Command = {
  name: 'account add local',
  summary: 'Add mailboxes without a server, optionally filled with sample messages',
  flags: [
    { name: 'name', value: 'N', required: true, help: 'What to call the account' },
    { name: 'sample', value: 'COUNT', help: 'Fill it with that many generated messages' },
    { name: 'seed', value: 'N', help: 'The same seed gives the same messages' },
  ],
  example: 'homeport account add local --name Sample --sample 1000',
  run: async (args, context) => {
    const sample = parseCount('sample', args.get('sample'), 0, 100_000);
    if (!sample.ok) return sample;
    const seed = parseCount('seed', args.get('seed'), 1, Number.MAX_SAFE_INTEGER);
    if (!seed.ok) return seed;
    const name = args.get('name') ?? '';
    if (name === '' || name.length > MOST_NAME)
      return usage(`--name takes 1 to ${MOST_NAME} characters.`, 'For example: --name Archive');
    const session = await context.open('store');
    if (!session.ok) return session;
    const input = { name, sample: sample.value, seed: seed.value };
    const added = await session.value.call('accounts.addLocal', input);
    if (!added.ok) return added;
    const accountId = String(added.value.accountId);
    return ok({ kind: 'data', json: { accountId }, text: `Added account ${accountId}.` });
  },
};
