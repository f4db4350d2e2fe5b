import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dateGroups } from '../list/date-groups';
import { formatSize } from '../list/format-size';
import { createRowTimes, startOfDay } from '../list/row-time';
import { byName, inSeconds, listed, listedAnd, number } from './plural';

const today = startOfDay(new Date(2026, 10, 21, 15, 30).getTime());
const at = (year: number, month: number, day: number) => new Date(year, month - 1, day, 9, 5).getTime();
const WORDS = { today: 'Today', yesterday: 'Yesterday', week: 'This week', older: 'Older' };

/** What one person sees: today, this week, this year, before, the full date, a month, a size, a number. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  'en-GB': [
    '09:05',
    'Tue',
    '14 Mar',
    '14/03/24',
    'Thursday 14 March 2024 at 09:05',
    'November 2026',
    '3.4 MB',
    '48,120.5',
  ],
  'en-US': [
    '9:05 AM',
    'Tue',
    'Mar 14',
    '03/14/24',
    'Thursday, March 14, 2024 at 9:05 AM',
    'November 2026',
    '3.4 MB',
    '48,120.5',
  ],
  de: [
    '09:05',
    'Di',
    '14. März',
    '14.03.24',
    'Donnerstag, 14. März 2024 um 09:05',
    'November 2026',
    '3,4 MB',
    '48.120,5',
  ],
  fr: [
    '09:05',
    'mar.',
    '14 mars',
    '14/03/24',
    'jeudi 14 mars 2024 à 09:05',
    'novembre 2026',
    '3,4 Mo',
    '48 120,5',
  ],
  ja: ['9:05', '火', '3月14日', '24/03/14', '2024年3月14日木曜日 9:05', '2026年11月', '3.4 MB', '48,120.5'],
  'ar-EG': [
    '٩:٠٥ ص',
    'الثلاثاء',
    '١٤ مارس',
    '١٤‏/٠٣‏/٢٤',
    'الخميس، ١٤ مارس ٢٠٢٤ في ٩:٠٥ ص',
    'نوفمبر ٢٠٢٦',
    '٣٫٤ م.ب',
    '٤٨٬١٢٠٫٥',
  ],
};

/** Kinds of space and a comma differ between versions of the tables of languages. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(', ', ' ');

test.each(Object.entries(SEEN))('dates, sizes and numbers in %s', (locale, expected) => {
  const times = createRowTimes(locale);
  const month = dateGroups(today, WORDS, locale)[3]?.label ?? '';
  const seen = [
    times.short(at(2026, 11, 21), today),
    times.short(at(2026, 11, 17), today),
    times.short(at(2026, 3, 14), today),
    times.short(at(2024, 3, 14), today),
    times.full(at(2024, 3, 14)),
    month,
    formatSize(3_440_000, locale),
    number(48_120.5, locale),
  ];
  expect(seen.map(plain)).toEqual(expected.map(plain));
});

test('names stand in the order of the language: accents and case beside their letter, numbers by what they count', () => {
  expect(['Zoo', 'éclair', 'berth 10', 'Äpfel', 'apple', 'Berth 2', 'Eagle'].sort(byName)).toEqual([
    'Äpfel',
    'apple',
    'Berth 2',
    'berth 10',
    'Eagle',
    'éclair',
    'Zoo',
  ]);
});

test('lists and relative times are those of the language of the words', () => {
  expect([listed(['Anna', 'Bob', 'Carl']), listedAnd(['Anna', 'Bob', 'Carl'])]).toEqual([
    'Anna, Bob, Carl',
    'Anna, Bob and Carl',
  ]);
  expect([listed(['Anna']), listed([]), listedAnd(['Anna', 'Bob'])]).toEqual(['Anna', '', 'Anna and Bob']);
  expect([5, 1].map(inSeconds)).toEqual(['in 5 seconds', 'in 1 second']);
});

/** What would write a number, a date, a size or a list by hand, or in the language of whoever wrote the code. */
const BY_HAND: Readonly<Record<string, RegExp>> = {
  'a number or a date': /\.to(Fixed|Precision|DateString|TimeString|UTCString|GMTString)\(/,
  'a size': /['"`$}\s](kB|KB|MB|GB|KiB|MiB)['"`]/,
  'a list': /\.join\((', '|", "|' and '|`, `)\)/,
  'an order': /\.localeCompare\(/,
  'a fixed language': /Intl\.\w+\(\s*['"]/,
  'a date that stays in its zone': /^const \w+ = new Intl\.DateTimeFormat\((?!.*timeZone: 'UTC')/m,
};

test.each(Object.entries(BY_HAND))('%s is never written by hand in the window', (_what, pattern) => {
  const files = globSync('src/renderer/**/*.{ts,tsx}').filter((file) => !file.includes('.test.'));
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => pattern.test(codeOf(file)))).toEqual([]);
});

/** Without its comments: what they show to readers is an example. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
