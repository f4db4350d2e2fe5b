import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HARD_MESSAGES, outgoing } from '../../../test/fixtures/outgoing';
import { composeMessage } from './compose-message';
import { cleanHtml, type HtmlProfile, outgoingDocument } from './outgoing-html';
import { outgoingText } from './outgoing-text';
import { parseMessage } from './parse-message';
import { attributionOf, quoteOriginal } from './quote-original';

const OWN: HtmlProfile = { kind: 'own' };
const QUOTED: HtmlProfile = { kind: 'quoted', remoteImages: false, knownIds: new Set(['pic@1']) };
const own = (html: string): string => cleanHtml(html, OWN).html;
const quoted = (html: string): string => cleanHtml(html, QUOTED).html;

describe('what our editor writes', () => {
  test.each([
    ['<p>Hello <b>you</b></p>', '<p>Hello <b>you</b></p>'],
    ['<p style="color: red; position:fixed">x</p>', '<p style="color:red">x</p>'],
    ['<font color="#ff0000">x</font>', '<span style="color:#ff0000">x</span>'],
    ['<span class="a" id="b" data-c="d">x</span>', 'x'],
    ['<a href="https://example.org/?a=1&b=2">x</a>', '<a href="https://example.org/?a=1&amp;b=2">x</a>'],
    ['<a href="javascript:alert(1)">x</a>', 'x'],
    ['<a href="java\nscript:alert(1)">x</a>', 'x'],
    ['<a href=" &#1;javascript:alert(1)">x</a>', 'x'],
    ['<a href="data:text/html,x">x</a>', 'x'],
    ['<a href="file:///etc/passwd">x</a>', 'x'],
    ['<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
    ['<img src="cid:pic%401" alt="p" width="20" onerror="x()">', '<img src="cid:pic@1" alt="p" width="20">'],
    ['<img src="https://tracker.example/p.gif" alt="words">', 'words'],
    ['<img src="data:image/png;base64,AAAA">', ''],
    ['<script>alert(1)</script><p onclick="x()">a</p>', '<p>a</p>'],
    ['<style>p{color:red}</style>a', 'a'],
    ['<form action="https://x.example"><input value="v">a</form>', 'a'],
    ['<svg><script>x</script><a href="https://x.example">y</a></svg>z', 'z'],
    ['<math><mtext></mtext></math>z', 'z'],
    ['<p>a<!-- secret --></p>', '<p>a</p>'],
    ['<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
    ['a < b & "c"', 'a &lt; b &amp; &quot;c&quot;'],
    ['<p>unclosed <b>bold', '<p>unclosed <b>bold</b></p>'],
    ['<table><tr><td colspan="2">x</table>', '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'],
    ['<blockquote type="cite">q</blockquote>', '<blockquote type="cite">q</blockquote>'],
    ['<custom-thing>x</custom-thing>', 'x'],
    ['<iframe src="https://x.example">f</iframe>a', 'a'],
    ['<noscript><img src="https://x.example/p"></noscript>a', 'a'],
  ])('%s', (html, clean) => {
    expect(own(html)).toBe(clean);
  });

  test.each([
    'background-color:url(https://x.example)',
    'color:var(--x)',
    'color:expression(alert(1))',
    'color:light-dark(black, white)',
    'color:CanvasText',
    'background-color: Canvas',
    'width:calc(1px);background:url(x)',
    'font-family:"x</style><script>"',
    'color:\\75rl(x)',
    'color:/**/red',
  ])('a style that loads, computes or follows the reader’s theme is left out: %s', (style) => {
    expect(own(`<p style='${style}'>x</p>`)).not.toMatch(
      /url|var|expression|canvas|light-dark|script|\\|\/\*/i,
    );
  });

  test('colours are those of the writer, as they were written', () => {
    const html = '<p style="color:#1a2b3c;background-color:rgb(1, 2, 3)">x</p>';
    expect(own(html)).toBe(html);
  });
});

describe('what somebody else wrote', () => {
  test('keeps its looks: tables, old attributes, styles, colours of the document', () => {
    const table =
      '<table width="600" cellpadding="0" bgcolor="#eeeeee"><tbody><tr><td align="center" style="padding:10px;border-radius:4px"><font face="Arial" size="2">x</font></td></tr></tbody></table>';
    expect(quoted(table)).toBe(table);
    expect(
      quoted(
        `<html><head><title>t</title></head><body bgcolor="#000000" style="color:#ffffff">x</body></html>`,
      ),
    ).toBe('<div bgcolor="#000000" style="color:#ffffff">x</div>');
    expect(quoted('<html><body>x</body></html>')).toBe('x');
  });

  test('its own pictures travel, those from elsewhere only where that is wanted', () => {
    const html =
      '<img src="cid:pic@1"><img src="cid:other" alt="o"><img src="http://x.example/a.png" alt="r">';
    expect(cleanHtml(html, QUOTED)).toEqual({ html: '<img src="cid:pic@1">or', contentIds: ['pic@1'] });
    expect(cleanHtml(html, { ...QUOTED, remoteImages: true } as HtmlProfile).html).toContain(
      '<img src="http://x.example/a.png" alt="r">',
    );
    expect(
      quoted('<td background="http://x.example/a.png" style="background:url(http://x.example)">x</td>'),
    ).not.toContain('http');
  });

  test('nothing of it leaves its block', () => {
    expect(quoted('<div style="position:fixed;top:0;color:red">x</div></blockquote></div>y')).toBe(
      '<div style="color:red">x</div>y',
    );
  });
});

describe('hostile input', () => {
  const FORBIDDEN =
    /<(script|style|iframe|object|form|svg|meta|link|base)\b|\son\w+\s*=|javascript:|src="(?!cid:)/i;
  const piece = fc.constantFrom(
    '<script>',
    '</script>',
    '<b>',
    '</b>',
    '<img src=x onerror=y>',
    '<svg>',
    '<math>',
    '<style>',
    '</style>',
    '<a href="javascript:x">',
    '"',
    "'",
    '>',
    '<',
    '<!--',
    '-->',
    '<table>',
    '<td>',
    '<select>',
    '<template>',
    '<noscript>',
    '<p title="',
    '</p>',
    '<mglyph>',
    '<mtext>',
    '<annotation-xml>',
    '&lt;',
    'x',
    '<body onload=x>',
    '<base href=x>',
  );
  test.each(['own', 'quoted'] as const)(
    '%s: never anything that runs, and cleaning again changes nothing',
    (kind) => {
      const profile = kind === 'own' ? OWN : QUOTED;
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
          const { html } = cleanHtml(pieces.join(''), profile);
          // Between quotes of a title the words are text.
          expect(html.replace(/"[^"]*"/g, (value) => (value.startsWith('"cid:') ? value : '""'))).not.toMatch(
            FORBIDDEN,
          );
          expect(cleanHtml(html, profile).html).toBe(html);
        }),
        { examples: [[['<p title="', '<p title="', '<body onload=x>', '<table>']]] },
      );
    },
  );
});

describe('the text beside it', () => {
  test.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['<div>One</div><div>Two</div>', 'One\nTwo'],
    ['<div>One</div><div><br></div><div>Two</div>', 'One\n\nTwo'],
    ['a<br>b<br><br>c', 'a\nb\n\nc'],
    ['<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>', '- a\n- b\n  1. c\n  2. d'],
    ['<ol start="3"><li>a</li><li>b</li></ol>', '3. a\n4. b'],
    ['<a href="https://x.example/a">words</a>.', 'words <https://x.example/a>.'],
    ['<a href="https://x.example/">x.example</a>', 'x.example'],
    ['<a href="https://x.example/a">https://x.example/a</a>', 'https://x.example/a'],
    ['<a href="mailto:a@b.example">a@b.example</a>', 'a@b.example'],
    ['<a href="mailto:a@b.example">Ann</a>', 'Ann <a@b.example>'],
    [
      '<p>a</p><blockquote><p>q</p><p>r</p><blockquote>s</blockquote></blockquote><p>b</p>',
      'a\n\n> q\n>\n> r\n>\n> > s\n\nb',
    ],
    ['<pre>a\n  b\n\nc</pre>', 'a\n  b\n\nc'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a  b\nc  d'],
    ['a<hr>b', 'a\n\n---\n\nb'],
    ['<img src="cid:x" alt="a picture">', 'a picture'],
    ['  lots \n of   space ', 'lots of space'],
    ['<b>bold</b>&nbsp;&amp;', 'bold &'],
  ])('%s', (html, text) => {
    expect(outgoingText(html)).toBe(text);
  });
});

describe('the original', () => {
  const base = {
    attribution: ['On Sat, Ann wrote:'],
    originalHtml: '<p style="color:blue">Hi <img src="cid:pic@1"></p>',
    originalText: 'Hi\n> earlier\n\n',
    selection: null,
    contentIds: ['pic@1', 'unused@2'],
  };

  test('is one quoted block in an answer, HTML as it was, its pictures named', () => {
    const quote = quoteOriginal({ kind: 'reply', ...base });
    expect(quote.contentIds).toEqual(['pic@1']);
    expect(quote.html.match(/<blockquote/g)).toHaveLength(1);
    expect(quote.html).toContain('<p style="color:blue">Hi <img src="cid:pic@1"></p></blockquote>');
    expect(quote.text).toBe('On Sat, Ann wrote:\n> Hi\n>> earlier');
  });

  test('stands below its header when it is passed on', () => {
    const quote = quoteOriginal({ kind: 'forward', ...base });
    expect(quote.html).not.toContain('blockquote');
    expect(quote.text).toBe('On Sat, Ann wrote:\n\nHi\n> earlier');
  });

  test('is only what was selected, or its text where it has no HTML', () => {
    const selected = quoteOriginal({ kind: 'reply', ...base, selection: 'a <b>\n  c' });
    expect(selected.html).toContain(
      '>a &lt;b&gt;<br>&nbsp;&nbsp;c</blockquote>'.replace('&nbsp;&nbsp;', '&nbsp; '),
    );
    expect(selected.text).toBe('On Sat, Ann wrote:\n> a <b>\n>   c');
    expect(selected.contentIds).toEqual([]);
    const plain = quoteOriginal({ kind: 'reply', ...base, originalHtml: null, originalText: '1 < 2' });
    expect(plain.html).toContain('1 &lt; 2</blockquote>');
    expect(quoteOriginal({ kind: 'reply', ...base, originalHtml: null, originalText: null }).text).toContain(
      '\n>',
    );
    expect(quoteOriginal({ kind: 'reply', ...base, originalText: null }).text).toContain('> Hi');
  });

  test('is introduced', () => {
    const headers = {
      from: [{ name: 'Ann', address: 'ann@example.net' }],
      to: [{ name: '', address: 'bob@example.net' }],
      cc: [],
      subject: 'Plans',
      date: Date.UTC(2026, 10, 28, 13, 50),
    };
    expect(attributionOf('reply', headers, 'Europe/Berlin')).toEqual([
      'On Sat, 28 Nov 2026 at 14:50, Ann <ann@example.net> wrote:',
    ]);
    expect(attributionOf('reply', { ...headers, from: [], date: null }, 'UTC')).toEqual(['Somebody wrote:']);
    expect(attributionOf('forward', headers, 'UTC')).toEqual([
      '---------- Forwarded message ----------',
      'From: Ann <ann@example.net>',
      'Date: Sat, 28 Nov 2026 13:50:00 +0000',
      'Subject: Plans',
      'To: bob@example.net',
    ]);
  });
});

test('what is cleaned and sent is read as it was', async () => {
  for (const [, { html }] of HARD_MESSAGES) {
    if (html === null) continue;
    const body = outgoingDocument(own(html));
    const { transmitted } = await composeMessage(outgoing({ html: body, text: outgoingText(body) }));
    const parsed = parseMessage(transmitted);
    expect(parsed.html?.replaceAll('\r\n', '\n').trimEnd()).toBe(body);
    expect(parsed.text).not.toMatch(/<p|&nbsp;/);
  }
});
