import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Details } from '../ui/details';
import { uiStrings } from './ui';

const modules = import.meta.glob<Record<string, unknown>>(['./*.ts', '!./*.test.ts'], { eager: true });

/** What a function of the tables is given: numbers and names as they come. */
const SAMPLES = [
  [2, 2, 2, 2],
  [1, 1, 1, 1],
  ['X', 'X', 'X', 'X'],
  ['X', 2, 'X', 2],
  [2, 'X', 2, 'X'],
] as const;

interface Said {
  /** Where it stands: file and keys. */
  readonly place: string;
  readonly words: string;
}

function* everything(value: unknown, place: string): Generator<Said> {
  if (typeof value === 'string') yield { place, words: value };
  else if (typeof value === 'function') {
    for (const sample of SAMPLES) {
      let words: unknown;
      try {
        words = (value as (...given: readonly unknown[]) => unknown)(...sample);
      } catch {
        continue;
      }
      if (typeof words === 'string' && !/undefined|NaN|\[object/.test(words)) yield { place, words };
    }
  } else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* everything(inner, `${place}.${key}`);
}

/** Failures as people read them: what failed, and what helps. */
function failures(): Said[] {
  const root = join(import.meta.dirname, '../../..');
  return ['src/sync', 'src/shared', 'src/main/electron', 'src/main/content'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) =>
        [
          ...readFileSync(join(root, folder, file), 'utf8').matchAll(
            /\b(message|hint):\s*('(?:[^'\\]|\\.)*'|`[^`]*`)/g,
          ),
        ].map(([, key, literal = '']) => ({
          place: `${folder}/${file}.${key}`,
          words: literal.slice(1, -1).replace(/\$\{[^}]*\}/g, 'X'),
        })),
      ),
  );
}

const TABLES = Object.entries(modules).flatMap(([file, table]) => [...everything(table, file)]);
const SAID = [...TABLES, ...failures()];

/** What breaks a rule, once for each place. */
function breaking(rule: RegExp, among: readonly Said[] = SAID): string[] {
  return [
    ...new Set(among.filter(({ words }) => rule.test(words)).map(({ place, words }) => `${place}: ${words}`)),
  ];
}

const PROTOCOL =
  /\b(IMAP|POP3?|SMTP|JMAP|MIME|UIDs?|UIDVALIDITY|DKIM|DMARC|SPF|TLS|STARTTLS|SSL|IDLE|CONDSTORE|OAuth|ACL|RFC|HTTPS?|SQL|SQLite|socket|Message-ID|header|DNS|JSON|regex|API)\b/;
/**
 * One level deeper than the first: the fields of a server that somebody enters by hand and what helps with them, the
 * numbers of an account, fields of the search for what stands in the source, a letter to whoever runs the mail.
 */
const DEEPER =
  /securityOptions|wallRequest|statusStrings\.numbers|\.(msgid|header|headerName)$|failure-translation\.ts\.hint|link-failures\.ts\.hint|(account-methods|set-submission)\.ts\.hint/;
/** Proper names, and what is called by a name of its own on the screen. */
const NAMES =
  /\b(Homeport|Thunderbird|Apple Mail|Ctrl|Trash|Junk|Inbox|Archive|Sent|Drafts|Outbox|Bcc|Cc|Backspace|Shift|Enter|Escape|Send|Message-ID|X|[A-Z]{2,})\b/g;
/** Said of what waits for its time (ui.md section 6). */
const LATER = /when (you are )?online|willSend/;

test('there is much to look at', () => {
  expect(TABLES.length).toBeGreaterThan(1_500);
  expect(failures().length).toBeGreaterThan(150);
});

test('UI-054 sentence case, present tense, "you", no begging, no exclamation, no words of protocols at the first level; codes stand under Details with Copy', () => {
  const ours = SAID.filter(({ place }) => !place.includes('wallRequest'));
  expect(breaking(/\b(please|oops|whoops|sorry|unfortunately)\b|!/i, ours)).toEqual([]);
  expect(breaking(/\b(the user(?! name)|we|our|us|my|let's)\b/i, ours)).toEqual([]);
  const now = ours.filter(({ words, place }) => !LATER.test(words + place));
  expect(breaking(/\b(will|shall|(has|have|had) been)\b/i, now)).toEqual([]);
  const first = ours.filter(({ place }) => !DEEPER.test(place));
  expect(breaking(PROTOCOL, first)).toEqual([]);
  const unnamed = ours.map(({ place, words }) => ({ place, words: words.replace(NAMES, '') }));
  expect(breaking(/[a-z,;] [A-Z][a-z]/, unnamed)).toEqual([]);

  const code = '550 5.7.1 relaying denied';
  const drawn = renderToStaticMarkup(createElement(Details, { text: code }));
  const [before = '', hidden = ''] = drawn.split(/<div[^>]*hidden/);
  expect(before).toContain(uiStrings.details);
  expect(before).not.toContain(code);
  expect(hidden).toContain(code);
  expect(hidden).toContain(uiStrings.copy);
});
