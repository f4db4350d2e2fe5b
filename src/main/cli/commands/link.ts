import { ok } from '../../../shared/outcome';
import type { Command } from '../command';

/** A fresh one-time link to the window of the running host (APP-392). */
export const link: Command = {
  name: 'link',
  summary: 'Print a fresh one-time link to the window of the running host',
  flags: [],
  example: 'homeport link',
  run: async (_args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const answer = await session.value.call('session.link', {});
    if (!answer.ok) return answer;
    return ok({ kind: 'data', json: { ui: answer.value.url }, text: answer.value.url });
  },
};
