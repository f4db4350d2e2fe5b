import { expect, test } from 'vitest';
import { contentHeaders } from './content-headers';

test.each([
  ['image/png', 'inline', 'image/png', 'inline'],
  ['IMAGE/PNG; name=x', 'inline', 'image/png', 'inline'],
  ['image/png', 'attachment', 'image/png', 'attachment'],
  ['text/plain; charset=x', 'inline', 'text/plain; charset=utf-8', 'inline'],
  ['text/html', 'inline', 'application/octet-stream', 'attachment'],
  ['image/svg+xml', 'inline', 'application/octet-stream', 'attachment'],
  ['application/xhtml+xml', 'inline', 'application/octet-stream', 'attachment'],
  ['text/javascript', 'inline', 'application/octet-stream', 'attachment'],
  ['', 'inline', 'application/octet-stream', 'attachment'],
  ['image/png\r\nX-Evil: 1', 'inline', 'application/octet-stream', 'attachment'],
] as const)('%j wanted %s is sent as %s, %s', (mediaType, wanted, type, disposition) => {
  const headers = contentHeaders({ mediaType, filename: 'a' }, wanted);
  expect(headers['Content-Type']).toBe(type);
  expect(headers['Content-Disposition']).toMatch(new RegExp(`^${disposition};`));
});

test('a name cannot end the header it stands in', () => {
  const header = contentHeaders({ mediaType: 'a/b', filename: 'a"; x="\r\n日.txt' }, 'attachment')[
    'Content-Disposition'
  ];
  expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~!*-]*$/);
});
