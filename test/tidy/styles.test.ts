import { expect, test } from 'vitest';
import { projectFiles, readProjectFile } from './project-files';

const TOKENS = 'src/renderer/styles/tokens.css';

/**
 * The declarations of a style sheet that state a colour or a length of their own instead of naming a token. Hairlines
 * (1px) and zero are allowed; conditions of @media cannot use tokens and are not declarations.
 */
function rawValues(css: string): string[] {
  const declarations = css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/[\w-]+\s*:\s*([^;{}]+)(?=[;}])/g);
  return [...declarations].flatMap(([declaration, value = '']) => {
    const colour = /#[0-9a-f]{3,8}\b|\b(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i.test(value);
    const length = [...value.matchAll(/(\d*\.?\d+)px\b/g)].some(([, px]) => px !== '0' && px !== '1');
    return colour || length ? [declaration.trim()] : [];
  });
}

test.each([
  ['.a { color: #fff; }', 1],
  ['.a { color: rgb(1 2 3) }', 1],
  ['.a { padding: 0 12px; }', 1],
  ['.a:hover { margin: 0.5px }', 1],
  ['.a { border: 1px solid var(--line); margin: -1px 0 }', 0],
  ['/* 12px #fff */ #abc:hover { color: var(--text) }', 0],
  ['@media (min-width: 900px) { .a { color: inherit } }', 0],
])('raw values in %s: %i', (css, count) => {
  expect(rawValues(css)).toHaveLength(count);
});

/** The same in the words of a component, where styles are given to elements directly. */
function rawWords(code: string): string[] {
  const words =
    code.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '').match(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g) ?? [];
  return words.filter((word) =>
    /#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\brgba?\(|(?<![\d.])(?!1px)\d*\.?\d+px\b/i.test(word),
  );
}

test.each([
  ["style={{ color: '#fff' }}", 1],
  ['style={{ inset: `0 12px` }}', 1],
  ["style={{ background: 'rgb(1 2 3)' }}", 1],
  ["style={{ inlineSize: width, border: '1px solid' }} // '#fff'", 0],
])('raw values in %s: %i', (code, count) => {
  expect(rawWords(code)).toHaveLength(count);
});

/** Rules of the token file as selector and declarations; what stands around them (layers, media) is left out. */
function rules(css: string): { readonly selector: string; readonly declarations: string }[] {
  return [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{};]+)\{([^{}]*)\}/g)].map(
    ([, selector = '', declarations = '']) => ({ selector: selector.trim(), declarations }),
  );
}

/** What pdf.js and react-aria set on the elements they make. */
const FROM_LIBRARIES = ['--font-height', '--rotate', '--scale-x', '--trigger-width'];

test('UI-040 tokens are custom properties on the root by theme and density; outside of their file no component states a colour or a length', () => {
  const tokens = rules(readProjectFile(TOKENS));
  const selectors = new Set(tokens.map(({ selector }) => selector));
  for (const theme of ['light', 'dark']) expect(selectors).toContain(`:root[data-theme="${theme}"]`);
  for (const density of ['compact', 'normal', 'relaxed'])
    expect(selectors).toContain(`:root[data-density="${density}"]`);
  for (const selector of selectors) expect(selector).toMatch(/^:root(\[data-(theme|density)(="\w+")?\])*$/);
  const names = tokens.flatMap(({ declarations }) =>
    [...declarations.matchAll(/(^|;)\s*([\w-]+)\s*:/g)].map(([, , name = '']) => name),
  );
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => !name.startsWith('--') && name !== 'color-scheme')).toEqual([]);

  const sheets = projectFiles('src/renderer', /\.css$/).filter((file) => file !== TOKENS);
  const components = projectFiles('src/renderer', /\.tsx$/);
  expect([sheets.length > 50, components.length > 100]).toEqual([true, true]);
  const found = (files: readonly string[], read: (text: string) => string[]) =>
    files.flatMap((file) => read(readProjectFile(file)).map((raw) => `${file}: ${raw}`));
  expect(found(sheets, rawValues)).toEqual([]);
  expect(found(components, rawWords)).toEqual([]);

  // What they name is there: a token, or what a component gives its own elements.
  const given = [...sheets, ...components, 'src/renderer/ui/hue.ts'].flatMap((file) =>
    [...readProjectFile(file).matchAll(/(--[\w-]+)['"]?\]?\s*:/g)].map(([, name = '']) => name),
  );
  const known = new Set([...names, ...given, ...FROM_LIBRARIES]);
  const unknown = found(sheets, (css) =>
    [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name).filter((name) => !known.has(name)),
  );
  expect(unknown).toEqual([]);
});
