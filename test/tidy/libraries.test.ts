import { expect, test } from 'vitest';
import { projectFiles, readProjectFile } from './project-files';

const code = projectFiles('src', /\.tsx?$/)
  .filter((file) => !/\.(test|d)\.tsx?$/.test(file))
  .map((file) => ({ file, text: readProjectFile(file).replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*/g, '') }));
const filesWith = (pattern: RegExp, under = 'src/') =>
  code.filter(({ file, text }) => file.startsWith(under) && pattern.test(text)).map(({ file }) => file);

/** What is hard to get right and solved well by others: the job, and the library that does it (ui.md section 10). */
const JOBS: Readonly<Record<string, RegExp>> = {
  'sanitising what is shown': /from 'dompurify'/,
  'style sheets of mail': /from 'css-tree\/parser'/,
  'HTML that is written again': /from 'parse5'/,
  'lists of addresses': /import \{[^}]*addressParser[^}]*\} from 'postal-mime'/,
  'encoded words that are read': /import \{[^}]*decodeWords[^}]*\} from 'postal-mime'/,
  'encoded words that are written': /import \{[^}]*encodeWord[^}]*\} from 'nodemailer\/lib\/mime-funcs'/,
  'messages that are written': /from 'nodemailer\/lib\/mime-node'/,
  'the editor and what is pasted into it': /from '@tiptap\/core'/,
  'menus and the way the focus stays in dialogs':
    /import \{[^}]*(Menu|Modal)[^}]*\} from 'react-aria-components'/,
  'the folder tree': /import \{[^}]*useTree[^}]*\} from 'react-aria'/,
  'calendars and their recurrence': /from 'ical\.js'/,
  'time zones and plurals': /new Intl\.(DateTimeFormat|PluralRules)\(/,
  'public suffixes': /import \{[^}]*getDomain[^}]*\} from 'tldts'/,
  'links in text': /from 'linkifyjs'/,
  'fuzzy search': /from '@leeoniya\/ufuzzy'/,
  'tables as text': /from 'papaparse'/,
};

test.each(Object.entries(JOBS))('%s: by a library', (_job, library) => {
  expect(filesWith(library)).not.toEqual([]);
});

/** Files of the window that name keys which walk, and what for; menus, comboboxes and trees are the library's. */
const KEYS_BY_HAND: Readonly<Record<string, string>> = {
  'src/renderer/commands/shortcut-label.ts': 'says how keys are written',
  'src/renderer/commands/use-shortcuts.ts': 'Tab between panes, where a preset has it so',
  'src/renderer/compose/editor/letter-schema.ts': 'what the editor lets through',
  'src/renderer/compose/recipients-field.tsx': 'walks the tokens; the offers are a ComboBox',
  'src/renderer/layout/splitter.tsx': 'a separator that is moved',
  'src/renderer/list/grid-keys.ts': 'the one list without bounds is ours (UI-093)',
  'src/renderer/reader/reader-empty.tsx': 'says which keys there are',
  'src/renderer/search/search-field.tsx': 'opens the offers, goes to the results; walking is an Autocomplete',
  'src/renderer/settings/key-row.tsx': 'takes any key that is pressed as a shortcut',
  'src/renderer/viewer/report-events.ts': 'hands keys of the message frame on',
};

const WALKING_KEY = /['"](Arrow(Up|Down|Left|Right)|Home|End|Tab)['"]/;
const WALKED_ROLE =
  /role="(combobox|listbox|option|menu|menubar|menuitem\w*|tree|treeitem|treegrid|tablist|tab|radiogroup|dialog|alertdialog)"/;
const PLURAL = /[!=]== 1 \? ['"`]/;
const OWNER_OF_NAME = /split\('\.'\)\.slice\(-[23]\)/;
const ENCODED_WORD = /=\\\?\[\^|\\\?\[[bq]{2}\]\\\?/i;

test.each([
  ["case 'ArrowDown':", WALKING_KEY],
  ["event.key === 'Tab'", WALKING_KEY],
  ['<div role="treeitem">', WALKED_ROLE],
  ["n === 1 ? 'message' : 'messages'", PLURAL],
  ["host.split('.').slice(-2)", OWNER_OF_NAME],
  ['/=\\?([^?]+)\\?[bq]\\?/i', ENCODED_WORD],
  ['/=\\?[^?]+\\?[BQ]\\?/', ENCODED_WORD],
])('%s would be found', (written, pattern) => {
  expect(written).toMatch(pattern);
});

test('no other file of the window walks by keys', () => {
  const found = filesWith(WALKING_KEY, 'src/renderer/');
  expect(found.sort()).toEqual(Object.keys(KEYS_BY_HAND).sort());
});

test('what has the role of a widget that is walked is a widget of the library', () => {
  const walked = code.filter(({ file, text }) => file.startsWith('src/renderer/') && WALKED_ROLE.test(text));
  expect(walked.length).toBeGreaterThan(3);
  // Our own dialog and popover are the library's.
  const library = /from '(react-aria(-components)?|\.\.\/ui\/(dialog|popover))'/;
  expect(walked.filter(({ text }) => !library.test(text)).map(({ file }) => file)).toEqual([]);
});

test('forms of words for numbers follow the language, owners of names the list of public suffixes', () => {
  expect(filesWith(PLURAL), 'plurals').toEqual([]);
  expect(filesWith(OWNER_OF_NAME), 'public suffixes').toEqual([]);
  expect(filesWith(ENCODED_WORD), 'encoded words').toEqual([]);
});
