/** Words of putting mail off. */
export const snoozeStrings = {
  title: 'Snooze until',
  presets: {
    'later-today': 'Later today',
    'this-evening': 'This evening',
    tomorrow: 'Tomorrow morning',
    weekend: 'This weekend',
    'next-week': 'Next week',
  },
  whenAnswered: 'When answered',
  whenOnline: 'When online',
  untilAnswered: 'until someone answers',
  untilOnline: 'until you are online',
  until: (time: string) => `until ${time}`,
  pick: 'Pick date and time',
  field: 'Date and time',
  confirm: 'Snooze',
  notHere: 'Drafts, sent mail, trash and junk cannot be snoozed.',
  noDate: 'Enter a date and a time.',
  past: 'Choose a time that is still to come.',
  /** In the head of a conversation. */
  asleep: (phrase: string) => `Snoozed ${phrase}`,
};
