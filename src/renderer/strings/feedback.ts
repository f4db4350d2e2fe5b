import { count, number } from './plural';

export const feedbackStrings = {
  region: 'Notifications',
  undo: 'Undo',
  cancel: 'Cancel',
  /** "Archiving 3,200 of 20,000"; without numbers until the first are known. */
  doing: (what: string, far: { readonly done: number; readonly total: number | null } | null) =>
    far === null || far.total === null ? what : `${what} ${number(far.done)} of ${number(far.total)}`,
  /** After Cancel, until it has ended. */
  stopping: (what: string) => `${what}: stopping`,
  undoing: 'Undoing',
  redoing: 'Doing again',
  redo: 'Redo',
  /** What was done with folders before this window was there. */
  folderChange: 'the change of a folder',
  secondsLeft: (seconds: number) => `in ${count(seconds, { one: 'second', other: 'seconds' })}`,
  review: 'Review',
  folded: (n: number) => `and ${count(n, { one: 'older failure', other: 'older failures' })}`,
  closeFailures: 'Close all failures',
  undone: (what: string, skipped: number) =>
    skipped === 0
      ? `Undone: ${what}`
      : `Undone: ${what}. ${count(skipped, { one: 'message', other: 'messages' })} changed elsewhere and stayed as they are.`,
  notUndone: (what: string) => `Not undone: ${what}`,
  notRedone: (what: string) => `Not done again: ${what}`,
  alert: (account: string) => `Message of the mail server: ${account}`,
  parked: (what: string) => `Needs attention: ${what}`,
};
