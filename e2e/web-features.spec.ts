import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, parse, walk } from 'css-tree';
import { expect, test } from './fixtures';

const built = join(import.meta.dirname, '../out/renderer');
const files = (ending: RegExp) =>
  readdirSync(built, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && !file.startsWith('pdf/'))
    .map((file) => readFileSync(join(built, file), 'utf8'));

/** Oldest browser engine that has to show all of it (UI-096). */
const OLDEST = 130;

interface Asked {
  readonly declarations: readonly (readonly [property: string, value: string])[];
  readonly selectors: readonly string[];
  readonly queries: readonly string[];
}

/** What style sheets ask for, with the tokens in place of their names. */
function askedBy(sheets: readonly string[]): Asked {
  const tokens = new Map<string, string>();
  for (const css of sheets)
    walk(parse(css), (node) => {
      if (node.type === 'Declaration' && node.property.startsWith('--') && !tokens.has(node.property))
        tokens.set(node.property, generate(node.value).trim());
    });
  const declarations = new Map<string, readonly [string, string]>();
  const selectors = new Set<string>();
  const queries = new Set<string>();
  for (const css of sheets)
    walk(parse(css), function visit(node) {
      if (node.type === 'Declaration' && !node.property.startsWith('--')) {
        const value = resolve(generate(node.value), tokens);
        if (value !== null) declarations.set(`${node.property}: ${value}`, [node.property, value]);
      } else if (node.type === 'Selector' && this.atrule?.name !== 'keyframes') {
        // What begins with a combinator stands inside of another rule.
        selectors.add(generate(node).replace(/^(?=[>+~])/, '&'));
      } else if (node.type === 'MediaQuery') queries.add(generate(node));
    });
  return { declarations: [...declarations.values()], selectors: [...selectors], queries: [...queries] };
}

/** Null where a name has no token: its value comes from a script. */
function resolve(value: string, tokens: ReadonlyMap<string, string>): string | null {
  let text = value;
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/var\((--[\w-]+)(?:,[^()]*)?\)/g, (whole, name: string) =>
      tokens.has(name) ? ` ${tokens.get(name)} ` : whole,
    );
  }
  return text.includes('var(') ? null : text;
}

/** Functions of the language and the browser that scripts call by name, and do not bring along themselves. */
function calledBy(scripts: readonly string[]): string[] {
  const called = /(?<![\w$.])([A-Z][A-Za-z]+)\.(?:prototype\.)?([a-z][A-Za-z]+)(?=\()/g;
  const names = scripts.flatMap((script) =>
    [...script.matchAll(called)].flatMap(([name, , method]) =>
      script.includes(`${method}:function`) ? [] : [name],
    ),
  );
  return [...new Set(names)];
}

test('UI-096 the built window asks for nothing that the browser at hand does not have', async ({ app }) => {
  const { page } = app;
  const asked = askedBy(files(/\.css$/));
  const calls = calledBy(files(/\.m?js$/));
  expect(asked.declarations.length).toBeGreaterThan(300);
  expect(asked.selectors.length).toBeGreaterThan(200);
  expect(asked.queries.length).toBeGreaterThan(3);
  expect(calls.length).toBeGreaterThan(100);
  const missing = await page.evaluate(
    ({ asked: { declarations, selectors, queries }, calls: names }) => {
      const isThere = (name: string) => {
        const [first = '', ...path] = name.split('.');
        let at = Reflect.get(globalThis, first) as object | undefined;
        // No object of the browser.
        if (at === undefined) return true;
        for (const step of path) at = at && (Reflect.get(at, step) as object | undefined);
        return at !== undefined;
      };
      return {
        declarations: declarations.filter(([property, value]) => !CSS.supports(property, value)),
        selectors: selectors.filter((selector) => !CSS.supports(`selector(${selector})`)),
        queries: queries.filter((query) => matchMedia(query).media === 'not all'),
        calls: names.filter((name) => !isThere(name)),
      };
    },
    { asked, calls },
  );
  expect(missing).toEqual({ declarations: [], selectors: [], queries: [], calls: [] });
  expect(
    await page.evaluate(() => Number(/Chrome\/(\d+)/.exec(navigator.userAgent)?.[1])),
  ).toBeGreaterThanOrEqual(OLDEST);
});
