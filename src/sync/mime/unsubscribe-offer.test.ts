import { expect, test } from 'vitest';
import { authenticationView } from './authentication-view';
import { unsubscribeOffer } from './unsubscribe-offer';

const POST = 'List-Unsubscribe=One-Click';
const LINK = '<https://lists.example/u?x=1>';
const PASSED = 'example.org; dkim=pass header.d=lists.example';

function offer(list: string | null, post: string | null, results: readonly string[]) {
  const authentication = authenticationView(
    { authenticationResults: results, from: [{ name: '', address: 'news@lists.example' }] },
    'imap.example.org',
    'me@example.org',
  );
  return unsubscribeOffer({ listUnsubscribe: list, listUnsubscribePost: post }, authentication);
}

test.each([
  ['all three', LINK, POST, [PASSED], true],
  [
    'mail address too',
    `<mailto:leave@lists.example>, ${LINK}`,
    'list-unsubscribe = one-click',
    [PASSED],
    true,
  ],
  ['no post field', LINK, null, [PASSED], false],
  ['another post field', LINK, 'List-Unsubscribe=Maybe', [PASSED], false],
  ['not encrypted', '<http://lists.example/u>', POST, [PASSED], false],
  ['only a mail address', '<mailto:leave@lists.example>', POST, [PASSED], false],
  ['a signature that failed', LINK, POST, ['example.org; dkim=fail header.d=lists.example'], false],
  ['SPF alone', LINK, POST, ['example.org; spf=pass smtp.mailfrom=lists.example'], false],
  ['nothing checked', LINK, POST, [], false],
  ['checked by a stranger', LINK, POST, ['mx.lists.example; dkim=pass header.d=lists.example'], false],
  ['a forged field below the server’s', LINK, POST, ['example.org; dkim=none', PASSED], false],
] as const)('one click with %s', (_name, list, post, results, oneClick) => {
  expect(offer(list, post, results).oneClick).toBe(oneClick);
});

test('only https and mail addresses are offered', () => {
  expect(offer('<ftp://x.example>, <javascript:alert(1)>, <http://a.example>', POST, [PASSED])).toEqual({
    http: null,
    mailto: null,
    oneClick: false,
  });
});
