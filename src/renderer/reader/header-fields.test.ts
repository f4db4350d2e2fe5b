import { expect, test } from 'vitest';
import { headerFields } from './header-fields';

test('fields are unfolded and decoded, in order; the rest stays visible', () => {
  const raw = [
    'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= =?UTF-8?B?IGF1cw==?=',
    ' =?iso-8859-1?q?_K=F6ln?= today',
    'X-Broken: =?nonsense?q?abc?=',
    'not a field',
    'To: a@b.example,',
    '\tc@d.example',
    '',
  ].join('\r\n');
  expect(headerFields(raw)).toEqual([
    { name: 'Subject', value: 'Grüße aus Köln today' },
    { name: 'X-Broken', value: 'abc' },
    { name: '', value: 'not a field' },
    { name: 'To', value: 'a@b.example,\tc@d.example' },
  ]);
});
