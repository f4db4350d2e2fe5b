import { createHash } from 'node:crypto';
import type { Answer } from '../content/answer';

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
form{display:grid;gap:.75rem;width:min(20rem,90vw)}
h1{font-size:1.25rem;margin:0}
input,button{font:inherit;padding:.6rem .75rem;border-radius:.5rem;border:1px solid GrayText}
button{border-color:transparent;background:AccentColor;color:AccentColorText;cursor:pointer}
p{margin:0;color:#c0392b}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const MESSAGES = {
  none: '',
  wrong: '<p role="alert">That password is not right.</p>',
  wait: '<p role="alert">Too many attempts. Wait five minutes and try again.</p>',
} as const;

/** The page that asks for the user password of a host other computers can reach; needs no script. */
export function loginPage(problem: keyof typeof MESSAGES, headers: Readonly<Record<string, string>>): Answer {
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<link rel="icon" href="data:,"><title>Sign in - Homeport</title><style>${STYLE}</style></head><body>`,
    '<form method="post" action="login"><h1>Homeport</h1><label for="password">Password</label>',
    '<input id="password" name="password" type="password" autocomplete="current-password" autofocus required>',
    `${MESSAGES[problem]}<button>Sign in</button></form></body></html>`,
  ].join('');
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return {
    status: problem === 'none' ? 200 : problem === 'wrong' ? 401 : 429,
    headers: {
      ...headers,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
    },
    body: html,
  };
}
