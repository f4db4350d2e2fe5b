import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { expect, test } from 'vitest';

const renderer = new URL('..', import.meta.url).pathname;
const SPOKEN_ATTRIBUTES = ['aria-label', 'title', 'label', 'placeholder', 'alt', 'description', 'text'];

/** Words written straight into JSX: text between tags, and literal values of attributes that people see or hear. */
function bareStrings(code: string): string[] {
  const found: string[] = [];
  const hasWords = (value: unknown): value is string => typeof value === 'string' && /\p{L}{2}/u.test(value);
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const child of node) visit(child);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, value, name } = node as { type?: string; value?: unknown; name?: { value?: string } };
    if (type === 'JSXText' && hasWords(value)) found.push(value.trim());
    if (type === 'JSXAttribute' && SPOKEN_ATTRIBUTES.includes(name?.value ?? '')) {
      const literal = (value as { value?: unknown } | null)?.value;
      if (hasWords(literal)) found.push(literal);
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(code, { syntax: 'typescript', tsx: true }));
  return found;
}

test.each([
  ['<p>Hello there</p>', ['Hello there']],
  ['<img alt="A boat" src="boat.png" />', ['A boat']],
  ['<p className="wide">{words.hello}</p>', []],
  ["<p>{' · '}</p>", []],
])('bare strings in %s', (jsx, expected) => {
  expect(bareStrings(`const x = ${jsx};`)).toEqual(expected);
});

test('every word on screen comes from the strings folder', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.tsx$/.test(file),
  );
  expect(files.length).toBeGreaterThan(20);
  const bare = files.flatMap((file) =>
    bareStrings(readFileSync(join(renderer, file), 'utf8')).map((text) => `${file}: ${text}`),
  );
  expect(bare).toEqual([]);
});
