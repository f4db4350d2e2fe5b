import { number } from './plural';

export const appStrings = {
  name: 'Homeport',
  title: (unread: number) => (unread === 0 ? 'Homeport' : `(${number(unread)}) Homeport`),
};
