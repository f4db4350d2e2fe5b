import { expect, test } from 'vitest';
import { parseMailto } from './mailto';

test('every field of a mailto link is read, encoded, with several recipients; attachments are ignored', () => {
  expect(
    parseMailto(
      'mailto:a%40example.org,b@example.org?to=c@example.org&cc=d@example.org&bcc=e@example.org&subject=Gr%C3%BC%C3%9Fe&body=One%0D%0ATwo&attach=/etc/passwd&In-Reply-To=%3C1@x%3E',
    ),
  ).toEqual({
    to: ['a@example.org', 'b@example.org', 'c@example.org'].map((address) => ({ name: '', address })),
    cc: [{ name: '', address: 'd@example.org' }],
    bcc: [{ name: '', address: 'e@example.org' }],
    subject: 'Grüße',
    body: 'One\nTwo',
    inReplyTo: '<1@x>',
  });
});

test.each([
  ['https://example.org', null],
  ['mailto:', ''],
  ['mailto:%E0%A4%A@x?subject=%ZZ', '%ZZ'],
  ['mailto:a@b?subject=x%0D%0ABcc:%20evil@example.org', 'x Bcc: evil@example.org'],
])('bad input never breaks and never adds a header: %s', (link, subject) => {
  expect(parseMailto(link)?.subject ?? null).toBe(subject);
});
