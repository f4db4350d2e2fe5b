import type { ConflictIntent } from '../../shared/conflict-policy';
import type { AccountView } from '../../shared/contract/views';
import { plural } from '../../shared/plural';
import { count, listed, number } from './plural';

const messages = { one: 'message', other: 'messages' };

export const changesStrings = {
  title: 'Changes',
  parkedTab: (n: number) => (n === 0 ? 'Needs attention' : `Needs attention (${n})`),
  allTab: (n: number) => (n === 0 ? 'Waiting' : `Waiting (${n})`),
  parkedEmpty: 'Nothing needs your attention',
  waitingEmpty: 'Nothing is waiting',
  waitingEmptyText: 'Every change you made is on the server.',
  retry: 'Retry',
  retryAll: 'Retry all',
  discard: 'Discard',
  discardButton: 'Discard 1 change',
  keep: 'Keep',
  more: (n: number) => `and ${count(n, messages)} more`,
  noSubject: '(no subject)',
  since: (time: string, account: string) => `${account}, since ${time}`,
  /** Who asked for it, where that was not the person at the window (SYNC-251). */
  origin: (origin: string) => {
    switch (origin.split(':')[0]) {
      case 'cli':
        return 'by the command line';
      case 'undo':
        return 'by undo';
      case 'rule':
        return 'by a rule';
      case 'import':
        return 'by an import';
      case 'device':
        return 'from a phone';
      default:
        return '';
    }
  },
  attempts: (n: number) =>
    n === 0 ? 'Not tried yet' : plural(n, { one: 'Tried once', other: `Tried ${number(n)} times` }),
  next: (time: string) => `next try ${time}`,
  sending: 'being sent now',
  looking: 'Homeport looks whether the server has done it',
  serverSaid: 'The server said',
  /** Why a change that met no failure has not gone yet. */
  waitsFor: {
    ok: 'It goes to the server in a moment.',
    syncing: 'It goes to the server in a moment.',
    new: 'It goes to the server in a moment.',
    probing: 'It goes to the server in a moment.',
    offline: 'It goes to the server when the server can be reached.',
    auth: 'It is safe, and goes to the server when you have signed in.',
    paused: 'It goes to the server when the account is resumed.',
    error: 'It goes to the server when the server can be reached.',
    removing: 'The account is being removed.',
  } satisfies Record<AccountView['state'], string>,
  onScreenParked: (folders: readonly string[]) =>
    folders.length === 0
      ? 'On screen now: as the server has it.'
      : `On screen now: in ${listed(folders)}, as the server has it.`,
  onScreenWaiting: 'On screen now: as you changed it.',
  copyDiagnostics: 'Copy diagnostics',
  diagnosticsCopied: 'Diagnostics copied, without names, addresses or subjects',
  diagnosticsNotCopied: 'The clipboard is not available',
  notRetried: 'The change is not tried again',
  notDiscarded: 'The change is not discarded',
  onItsWay: 'It is on its way to the server. What becomes of it is known in a moment.',
  retried: (n: number) =>
    `${count(n, { one: 'change', other: 'changes' })} ${plural(n, { one: 'is', other: 'are' })} tried again`,
  discarded: (title: string) => `Discarded: ${title}`,
  somethingElse: 'Do something else',
  chooseFolder: 'Choose another folder',
  createFolder: 'Create the folder again',
  redirectTitle: (title: string) => `Another folder for "${title}"`,
  redirected: (n: number, folder: string) => `${number(n)} moved to ${folder}`,
  createdAgain: (title: string) => `The folder is created again. ${title}`,
  /** What discarding does; `folders`: where the server has the messages, null = nowhere. */
  effect: (kind: string, n: number, parked: boolean, folders: readonly string[] | null) => {
    const what = `The ${plural(n, { one: 'message', other: count(n, messages) })}`;
    const stays = plural(n, { one: 'stays', other: 'stay' });
    const goes = plural(n, { one: 'goes', other: 'go' });
    if (kind === 'create-mailbox') return 'The folder is not created.';
    if (kind === 'rename-mailbox') return 'The folder keeps the name and place it has at the server.';
    if (kind === 'delete-mailbox') return 'The folder stays.';
    if (kind === 'subscribe-mailbox') return 'The subscription stays as it is at the server.';
    if (kind === 'keywords') return `${what} ${stays} marked as on the server. Your mark is forgotten.`;
    if (folders === null) return 'The server has it no longer, so nothing changes. Your wish is forgotten.';
    const where = listed(folders) || 'the folder where the server has it';
    if (kind === 'delete') return `${what} ${parked ? `${stays} in` : `${goes} back to`} ${where}.`;
    return parked
      ? `${what} ${stays} in ${where}. Your move is forgotten.`
      : `${what} ${goes} back to ${where}.`;
  },
};

export const conflictStrings = {
  title: 'What happens when two devices disagree',
  intro:
    'Homeport stores what the server last said and what you want, and shows the one on top of the other. When both disagree, these rules decide. Nothing is dropped silently: what the server refuses is kept under "Needs attention".',
  intents: {
    keywords: 'You marked it',
    move: 'You moved it',
    delete: 'You deleted it for ever',
    draft: 'You edited the draft',
    submit: 'You sent it',
  } satisfies Record<ConflictIntent, string>,
};
