import { count } from './plural';

export const feedbackStrings = {
  region: 'Notifications',
  undo: 'Undo',
  redo: 'Redo',
  review: 'Review',
  undone: (what: string, skipped: number) =>
    skipped === 0
      ? `Undone: ${what}`
      : `Undone: ${what}. ${count(skipped, { one: 'message', other: 'messages' })} changed elsewhere and stayed as they are.`,
  notUndone: (what: string) => `Not undone: ${what}`,
  notRedone: (what: string) => `Not done again: ${what}`,
  parked: (what: string) => `Needs attention: ${what}`,
};
