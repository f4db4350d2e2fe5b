import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { findAccount, findMailbox, parseCount } from '../lookup';
import { mailboxRef } from '../shapes';
import { usage } from '../usage';

const WHAT = ['off', 'headers', 'text', 'everything'] as const;
/** A hundred years: longer than any mail. */
const MOST_DAYS = 36_500;

/** SYNC-043: what of a mailbox is kept on this computer. */
export const mailboxKeep: Command = {
  name: 'mailbox keep',
  summary: 'Choose what of a mailbox is kept on this computer',
  words: 'PATH|role:NAME',
  least: 1,
  most: 1,
  flags: [
    { name: 'account', value: 'ID', help: 'The account of the mailbox, where several have one' },
    { name: 'what', value: 'WHAT', help: 'off, headers, text or everything' },
    { name: 'days', value: 'N|all', help: 'Bodies of the last N days; older ones when they are opened' },
  ],
  example: 'homeport mailbox keep Archive --what text --days 365',
  run: async (args, context) => {
    const wanted = args.get('what');
    const policy = WHAT.find((what) => what === wanted);
    if (wanted !== null && policy === undefined)
      return usage(`--what takes ${WHAT.join(', ')}.`, 'For example: --what headers');
    const days = args.get('days');
    const limit = days === null || days === 'all' ? ok(0) : parseCount('days', days, 365, MOST_DAYS);
    if (!limit.ok) return limit;
    const session = await context.open('store');
    if (!session.ok) return session;
    const only = args.get('account');
    const account = only === null ? ok(null) : await findAccount(session.value, only);
    if (!account.ok) return account;
    const mailbox = await findMailbox(session.value, args.words[0] ?? '', account.value?.id ?? null);
    if (!mailbox.ok) return mailbox;
    const ageLimitDays = days === null ? undefined : limit.value === 0 ? null : limit.value;
    const done = await session.value.call('mailboxes.setPolicy', {
      mailboxId: mailbox.value.id,
      policy,
      ageLimitDays,
    });
    if (!done.ok) return done;
    const kept = policy ?? mailbox.value.policy;
    const ofDays = ageLimitDays === undefined ? mailbox.value.ageLimitDays : ageLimitDays;
    const json = { ...mailboxRef(mailbox.value), keep: kept, days: ofDays };
    const text = `${mailbox.value.path}: ${kept}${ofDays === null ? '' : `, bodies of the last ${ofDays} days`}.`;
    return ok({ kind: 'data', json, text });
  },
};
