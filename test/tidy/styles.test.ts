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

test('colours and lengths stand in the token file and nowhere else', () => {
  const files = projectFiles('src/renderer', /\.css$/).filter((file) => file !== TOKENS);
  expect(files.flatMap((file) => rawValues(readProjectFile(file)).map((raw) => `${file}: ${raw}`))).toEqual(
    [],
  );
});
