import { createHash } from 'node:crypto';
import type { BodyView, MessageView } from '../../shared/contract/views';
import { drawnName, spelledOut } from '../../shared/shown-name';

const STYLE = `
body{font:11pt/1.45 system-ui,sans-serif;margin:0;color:#000;background:#fff}
h1{font-size:15pt;margin:0 0 .5em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0 0 1em;padding-bottom:1em;border-bottom:1px solid #999}
dt{color:#555}dd{margin:0;overflow-wrap:anywhere}
pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:0}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A message on paper: its head and its text, and nothing that could load or run. */
export function printDocument(
  message: MessageView,
  body: BodyView | null,
): { html: string; headers: Record<string, string> } {
  const people = (list: MessageView['to']) =>
    list
      .map(({ name, address }) => [drawnName(name), spelledOut(address)])
      .map(([name, address]) => (name ? `${name} <${address}>` : address))
      .join(', ');
  const rows: [string, string][] = [
    ['From', people(message.from)],
    ['To', people(message.to)],
    ['Cc', people(message.cc)],
    ['Date', new Date(message.date).toLocaleString()],
    ['Attachments', (body?.attachments ?? []).map(({ filename }) => filename).join(', ')],
  ];
  const head = rows
    .filter(([, value]) => value !== '')
    .map(([term, value]) => `<dt>${term}</dt><dd dir="auto">${escapeHtml(value)}</dd>`)
    .join('');
  const text = (body?.segments ?? []).map((segment) => segment.text).join('');
  const subject = escapeHtml(message.subject);
  return {
    html: `<!doctype html><html><head><meta charset="utf-8"><title>${subject}</title><style>${STYLE}</style></head><body><h1 dir="auto">${subject}</h1><dl>${head}</dl><pre dir="auto">${escapeHtml(text)}</pre></body></html>`,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `sandbox; default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  };
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
