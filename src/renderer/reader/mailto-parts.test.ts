import { expect, test } from 'vitest';
import { mailtoParts } from './mailto-parts';

test.each([
  [
    'mailto:leave@lists.example?subject=unsubscribe%20me',
    { to: 'leave@lists.example', subject: 'unsubscribe me' },
  ],
  ['MAILTO:leave%2Bme@lists.example', { to: 'leave+me@lists.example', subject: '' }],
  ['mailto:a@b.example?Subject=x&body=y', { to: 'a@b.example', subject: 'x' }],
  ['mailto:', null],
  ['mailto:%', null],
  ['https://a.example', null],
])('%s writes to %j', (mailto, parts) => {
  expect(mailtoParts(mailto)).toEqual(parts);
});
