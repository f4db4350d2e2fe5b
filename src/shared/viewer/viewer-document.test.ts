import { expect, test } from 'vitest';
import { viewerDocument } from './viewer-document';

const input = {
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA==',
  script: 'run()',
  appOrigin: 'app://homeport',
  remoteImages: 'blocked',
} as const;

function directives(document: { headers: Readonly<Record<string, string>> }): Record<string, string> {
  const policy = document.headers['Content-Security-Policy'] ?? '';
  return Object.fromEntries(policy.split('; ').map((part) => part.split(/ (.*)/).slice(0, 2)));
}

test('the frame may run the nonced viewer and draw its own blobs, nothing else', () => {
  expect(directives(viewerDocument(input))).toEqual({
    sandbox: 'allow-scripts',
    'default-src': "'none'",
    'script-src': "'nonce-AAAAAAAAAAAAAAAAAAAAAA=='",
    'style-src': "'unsafe-inline'",
    'img-src': 'blob:',
    'font-src': "'none'",
    'form-action': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': 'app://homeport',
    'require-trusted-types-for': "'script'",
    'trusted-types': 'dompurify',
  });
});

test('allowed remote pictures open img-src for https and nothing else', () => {
  const blocked = directives(viewerDocument(input));
  const allowed = directives(viewerDocument({ ...input, remoteImages: 'allowed' }));
  expect(allowed).toEqual({ ...blocked, 'img-src': 'blob: https:' });
});

test('script text cannot close its element or open a comment', () => {
  const { html } = viewerDocument({ ...input, script: 'a="</SCRIPT><script>";b=/<!--/u;c=1<d' });
  expect(html).toContain('a="\\x3c/SCRIPT><script>";b=/\\x3c!--/u;c=1<d');
});

test('a nonce that is too short or could end the attribute is our own bug', () => {
  expect(() => viewerDocument({ ...input, nonce: 'short' })).toThrow();
  expect(() => viewerDocument({ ...input, nonce: `${input.nonce}" onload="` })).toThrow();
});
