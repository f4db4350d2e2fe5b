import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { exitCodeOf, toCliError } from '../failure-kinds';
import { findAccount } from '../lookup';
import { probeShape } from '../shapes';
import { brokenLine, probeFailure } from './account-add-imap';

/** CLI-024: DNS, TLS, login and capabilities, each step named; exit 1 when one fails. */
export const accountTest: Command = {
  name: 'account test',
  summary: 'Test the connection of an account, step by step',
  words: 'ID',
  least: 1,
  most: 1,
  flags: [],
  example: 'homeport account test 1',
  run: async (args, context) => {
    const session = await context.open('network');
    if (!session.ok) return session;
    const account = await findAccount(session.value, args.words[0] ?? '');
    if (!account.ok) return account;
    const probed = await session.value.call('accounts.test', { accountId: account.value.id });
    if (!probed.ok) return probed;
    const broken = brokenLine(probed.value);
    const error = broken === null ? null : toCliError(probeFailure(broken));
    const shape = probeShape(probed.value);
    const line = (step: { ok: boolean; name: string; detail: string }) =>
      `${step.ok ? '✓' : '✗'} ${step.name}: ${step.detail}`;
    const lines = [
      ...shape.steps.map(line),
      ...(shape.submission?.steps ?? []).map((step) => line({ ...step, name: `sending, ${step.name}` })),
    ];
    return ok({
      kind: 'data',
      json: {
        accountId: String(account.value.id),
        ...shape,
        ok: error === null,
        ...(error === null ? {} : { error }),
      },
      text: [...lines, ...(error?.hint ? [error.hint] : [])].join('\n'),
      exitCode: error === null ? 0 : exitCodeOf(error.kind),
    });
  },
};
