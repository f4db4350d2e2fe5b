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
  pick: 'Pick date and time',
  unsnooze: 'Bring back now',
  field: 'Date and time',
  confirm: 'Snooze',
  noDate: 'Enter a date and a time.',
  past: 'Choose a time that is still to come.',
  /** In the head of a conversation. */
  asleep: (time: string) => `Snoozed until ${time}`,
};
