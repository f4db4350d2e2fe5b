import { count, inSeconds, number } from './plural';

export const feedbackStrings = {
  region: 'Notifications',
  undo: 'Undo',
  cancel: 'Cancel',
  /** "Archiving 3,200 of 20,000", "Searching the server: 3 of 12 folders"; without numbers until the first are known. */
  doing: (
    what: string,
    far: { readonly done: number; readonly total: number | null } | null,
    counted: string | undefined,
  ) => {
    if (far === null || far.total === null) return what;
    const numbers = `${number(far.done)} of ${number(far.total)}`;
    return counted === undefined ? `${what} ${numbers}` : `${what}: ${numbers} ${counted}`;
  },
  /** After Cancel, until it has ended. */
  stopping: (what: string) => `${what}: stopping`,
  saving: 'Saving',
  files: 'files',
  undoing: 'Undoing',
  redoing: 'Doing again',
  redo: 'Redo',
  /** What was done with folders before this window was there. */
  folderChange: 'the change of a folder',
  secondsLeft: inSeconds,
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
