import { expect, test } from 'vitest';
import { type CssContext, filterDeclarations, filterStylesheet, supportsDark } from './css-filter';

const context: CssContext = {
  scheme: 'light',
  image: (address) => (address.startsWith('cid:') ? 'blob:null/1' : null),
};

test.each([
  ['color:red;font:12px Arial', 'color:red;font:12px Arial'],
  ['background:url(http://hit.example/x)', ''],
  ['background:#123 url(http://hit.example/x) no-repeat', 'background:#123 no-repeat'],
  ['background:url(http://hit.example/x)navy', 'background:navy'],
  ['background:rgb(1,2,3) url(data:text/html,x)', 'background:rgb(1,2,3)'],
  ['background:url(http://hit.example/x) center/cover no-repeat', ''],
  ['background:#123 url(cid:logo)', 'background:#123 url(blob:null/1)'],
  ['background:#123 image-set("http://hit.example/x" 1x)', ''],
  ['background:url("cid:logo") no-repeat', 'background:url(blob:null/1)no-repeat'],
  ['color:red;background:u\\72l(http://hit.example/x);width:1px', 'color:red;width:1px'],
  ['background:image-set("http://hit.example/x" 1x)', ''],
  ['background:-webkit-image-set(url(http://hit.example/x) 1x)', ''],
  ['background:cross-fade(url(http://hit.example/x), red)', ''],
  ['--leak:url(http://hit.example/x);color:var(--leak)', 'color:var(--leak)'],
  ['position:fixed', ''],
  ['position:sticky!important', ''],
  ['position:FIXED', ''],
  ['position:fi\\78 ed', ''],
  ['p\\6fsition:fixed', ''],
  ['--p:fixed;position:var(--p)', '--p:fixed'],
  ['position:absolute', 'position:absolute'],
  ['width:expression(alert(1))', ''],
  ['behavior:url(#default#time2)', ''],
  ['-moz-binding:url(http://hit.example/x#y)', ''],
  ['filter:progid:DXImageTransform.Microsoft.gradient(startColorstr=#1)', ''],
  ['animation:x 1s', ''],
  ['height:100vh;min-height:50dvh', 'height:600px;min-height:300px'],
  ['color:red;{b:url(x)};width:1px', 'color:red;width:1px'],
  ['color:red;;width:;height:1px', 'color:red;width:;height:1px'],
  ['background:linear-gradient(red,blue)', 'background:linear-gradient(red,blue)'],
  ['list-style:url(http://hit.example/x)', ''],
  ['cursor:url(http://hit.example/x),auto', ''],
  ['content:attr(href)', ''],
  [`color:${'a'.repeat(30_000)}`, ''],
])('a style attribute keeps only what can neither fetch nor leave its place: %s', (css, expected) => {
  expect(filterDeclarations(css, context)).toBe(expected);
});

test.each([
  ['@import url(http://hit.example/x.css);p{color:red}', 'p{color:red}'],
  ['@import "http://hit.example/x.css" layer(x);', ''],
  ['@font-face{font-family:x;src:url(http://hit.example/x)}p{color:red}', 'p{color:red}'],
  ['@charset "utf-8";@namespace x url(http://hit.example);p{color:red}', 'p{color:red}'],
  ['@keyframes x{from{background:url(http://hit.example/x)}}', ''],
  ['<!-- p{color:red} -->', 'p{color:red}'],
  ['@media (max-width:600px){p{color:red;background:url(x)}}', '@media (max-width:600px){p{color:red}}'],
  ['@media print{@import "x";p{color:red}}', '@media print{p{color:red}}'],
  ['p{color:red} } q{background:url(x)}', 'p{color:red}'],
  ['p{q{background:url(x)}color:red}', 'p{}'],
  ['a:link{color:red}a:visited{color:blue}', 'a[data-hp-href]{color:red}a:visited{color:blue}'],
  ['input[value^="a"]{background:url(http://hit.example/a)}', 'input[value^="a"]{}'],
  ['@media (prefers-color-scheme:dark){p{color:white}}', '@media (max-width:0px){p{color:white}}'],
  ['@media (prefers-color-scheme:light){p{color:white}}', '@media (min-width:0px){p{color:white}}'],
  ['@container (width>1px){p{background:url(x)}}', ''],
  ['@layer x{p{background:url(x)}}', ''],
  ['p{color:red', 'p{color:red}'],
  ['/*', ''],
])('a style sheet keeps only style rules that cannot fetch: %s', (css, expected) => {
  expect(filterStylesheet(css, context)).toBe(expected);
});

test('a sheet that is too long is left out instead of holding up the message', () => {
  expect(filterStylesheet('p{color:red}'.repeat(20_000), context)).toBe('');
});

test('nesting deeper than the stack ends as no style', () => {
  expect(filterStylesheet('@media print{'.repeat(10_000), context)).toBe('');
  expect(filterDeclarations(`width:${'calc('.repeat(3_900)}`, context)).toBe('');
});

test.each([
  ['@media (prefers-color-scheme: dark) {}', true],
  [':root{color-scheme: light dark}', true],
  ['p{color:dark}', false],
  ['@media (prefers-color-scheme: light) {}', false],
])('supportsDark %s', (css, expected) => {
  expect(supportsDark(css)).toBe(expected);
});
