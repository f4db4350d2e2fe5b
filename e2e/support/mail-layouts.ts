// long: thirty layouts as mail programs write them; each is short only for its kind
import type { Rendering } from '../../src/shared/viewer/protocol';
import { makePng } from './make-png';

export interface MailLayout {
  readonly name: string;
  /** What becomes of it on a dark surface when nobody chose (UI-044). */
  readonly dark: Rendering;
  readonly html: string;
}

/** A dark sign on nothing, as firms put on white paper. */
const LOGO = makePng(120, 32, (x, y) => ((x + y) % 12 < 5 || x < 6 ? [18, 24, 60, 255] : [0, 0, 0, 0]));
const PHOTO = makePng(60, 40, (x, y) => [90 + x * 2, 140 - y, 60 + y * 3, 255]);
const lorem =
  'The ferry leaves at half past nine from the north pier; please bring the papers and something warm to wear.';

/** Thirty layouts of mail as it is sent, for how they look on a dark surface (APP-088). */
export const MAIL_LAYOUTS: readonly MailLayout[] = [
  {
    name: 'plain words of Gmail',
    dark: 'recoloured',
    html: `<div dir="ltr"><div>Hi Alex,</div><div><br></div><div>${lorem}</div><div><br></div><div>Best,<br>Ann</div></div>`,
  },
  {
    name: 'Gmail answer with a chain of quotes',
    dark: 'recoloured',
    html: `<div dir="ltr">Works for me.<div><br></div><div><font color="#888888">-- <br></font><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><b style="color:#1155cc">Ann Baker</b><br><span style="color:rgb(102,102,102);font-size:12px">Harbour Office</span></div></div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, 2 Nov 2026 at 09:12, Alex &lt;<a href="mailto:alex@example.org">alex@example.org</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>${lorem}</div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><span style="color:rgb(80,0,80)">Shall we take the early one?</span></blockquote></blockquote></div>`,
  },
  {
    name: 'Apple Mail with a reply in colour',
    dark: 'recoloured',
    html: `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">Dear Alex,<div><br></div><div>see my answers <span style="color: rgb(255, 38, 0);">in red</span> and <span style="color: rgb(4, 51, 255);">in blue</span>.<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 1. Nov 2026, at 18:03, Alex wrote:</div><br class="Apple-interchange-newline"><div>${lorem}</div></blockquote></div></div></body></html>`,
  },
  {
    name: 'Outlook with conditional comments and Word styles',
    dark: 'recoloured',
    html: `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15 (filtered medium)"><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);} o\\:* {behavior:url(#default#VML);}</style><![endif]--><style><!-- @font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;} p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif; mso-fareast-language:EN-US;} a:link, span.MsoHyperlink {mso-style-priority:99; color:#0563C1; text-decoration:underline;} span.EmailStyle17 {mso-style-type:personal-compose; font-family:"Calibri",sans-serif; color:windowtext;} @page WordSection1 {size:612.0pt 792.0pt; margin:72.0pt;} --></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026"/></xml><![endif]--></head><body lang=EN-GB link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div class=WordSection1><p class=MsoNormal><span style='color:#1F497D'>Dear colleagues,<o:p></o:p></span></p><p class=MsoNormal><span style='color:#1F497D'><o:p>&nbsp;</o:p></span></p><p class=MsoNormal>${lorem}<o:p></o:p></p><p class=MsoNormal>The plan is <a href="https://example.org/plan">here</a>; <span style='background:yellow;mso-highlight:yellow'>the deadline is Friday</span>.<o:p></o:p></p></div></body></html>`,
  },
  {
    name: 'Outlook answer with the header of what is answered',
    dark: 'recoloured',
    html: `<html><body><div style="font-family:Aptos,Calibri,sans-serif;font-size:12pt;color:rgb(0,0,0)" class="elementToProof">Thanks, fine.</div><div id="appendonsend"></div><hr tabindex="-1" style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" color="#000000" style="font-size:11pt"><b>From:</b> Alex<br><b>Subject:</b> Ferry</font><div>&nbsp;</div></div><div style="color:#212121;background-color:#ffffff">${lorem}</div></body></html>`,
  },
  {
    name: 'newsletter of nested tables',
    dark: 'card',
    html: `<body style="margin:0;background-color:#f2f4f6"><span style="display:none;font-size:1px;color:#f2f4f6;max-height:0">Preview of the week</span><table width="100%" cellpadding="0" cellspacing="0" bgcolor="#f2f4f6"><tr><td align="center"><table width="600" cellpadding="0" cellspacing="0" style="background:#ffffff"><tr><td style="background:#0f4c81;padding:24px;color:#ffffff;font:bold 24px Arial">Harbour weekly</td></tr><tr><td style="padding:24px;color:#333333;font:15px/22px Arial"><h2 style="color:#0f4c81">New timetable</h2><p>${lorem}</p><table cellpadding="0" cellspacing="0"><tr><td bgcolor="#d9480f" style="border-radius:4px"><a href="https://example.org" style="display:inline-block;padding:12px 24px;color:#ffffff;text-decoration:none">Read on</a></td></tr></table></td></tr><tr><td style="background:#e9ecef;color:#495057;padding:16px;font:12px Arial">You get this because you subscribed. <a href="https://example.org/u" style="color:#495057">Unsubscribe</a></td></tr></table></td></tr></table></body>`,
  },
  {
    name: 'receipt with a table of amounts',
    dark: 'recoloured',
    html: `<div style="font-family:Helvetica,Arial;max-width:520px;color:#222"><h1 style="font-size:20px;border-bottom:2px solid #111">Receipt 2026-114</h1><table width="100%" style="border-collapse:collapse"><tr style="background:#f7f7f7"><th align="left" style="padding:8px;color:#555">Item</th><th align="right" style="padding:8px;color:#555">Price</th></tr><tr><td style="padding:8px;border-bottom:1px solid #eee">Ticket, adult</td><td align="right" style="padding:8px;border-bottom:1px solid #eee">14.00</td></tr><tr><td style="padding:8px"><b>Total</b></td><td align="right" style="padding:8px;color:#0a7d33"><b>14.00</b></td></tr></table><p style="color:#777;font-size:12px">VAT included.</p></div>`,
  },
  {
    name: 'bank alert with a logo on nothing',
    dark: 'recoloured',
    html: `<div style="font:14px/20px Arial,sans-serif;color:#1a1a1a"><img src="${LOGO}" width="120" height="32" alt="Example Bank"><p>A payment of <strong>120.00</strong> was made with your card ending in 1234.</p><p style="background:#fff4e5;border:1px solid #ffb74d;padding:12px;color:#663c00">Was this not you? Call the number on your card.</p><p style="color:#6b7280;font-size:12px">Example Bank never asks for your password.</p></div>`,
  },
  {
    name: 'bank alert of tables with a header bar',
    dark: 'card',
    html: `<table width="100%" bgcolor="#ffffff"><tr><td><table width="100%" bgcolor="#00205b"><tr><td style="padding:16px"><img src="${LOGO}" width="120" height="32" alt="Bank"></td><td align="right" style="color:#c5d3e8;font:12px Arial;padding:16px">Account ending 1234</td></tr></table></td></tr><tr><td style="padding:20px;font:15px Arial;color:#222">Your statement is ready. <a href="https://example.org" style="color:#00539f">Sign in</a> to read it.</td></tr></table>`,
  },
  {
    name: 'notification of a code forge',
    dark: 'recoloured',
    html: `<p></p><p dir="auto">Thanks! Two things before this can be merged:</p><ul dir="auto"><li><code class="notranslate">openStore()</code> leaks when it throws</li><li>see <a href="https://forge.example/42" data-hovercard-type="issue">#42</a></li></ul><div class="highlight highlight-source-ts" dir="auto"><pre class="notranslate" style="background:#f6f8fa;padding:12px"><span style="color:#cf222e">const</span> <span style="color:#0550ae">store</span> <span style="color:#cf222e">=</span> <span style="color:#8250df">openStore</span>(path); <span style="color:#6e7781">// closes itself</span></pre></div><p style="font-size:small;-webkit-text-size-adjust:none;color:#666;">&mdash;<br>Reply to this email directly, <a href="https://forge.example/x">view it</a>, or <a href="https://forge.example/u">unsubscribe</a>.<img src="https://forge.example/beacon.gif" height="1" width="1" alt=""></p>`,
  },
  {
    name: 'calendar invitation',
    dark: 'card',
    html: `<div style="display:none">You have been invited</div><table border="0" cellpadding="0" cellspacing="0" role="presentation" align="center" style="width:100%" class="body-container"><tbody><tr><td><table width="100%" role="presentation" style="border:solid 1px #dadce0;border-radius:8px;direction:rtl;font-size:0;padding:24px 32px;text-align:left"><tbody><tr><td style="direction:ltr;font:14px Roboto,Arial,sans-serif;color:#3c4043"><h2 style="font-size:14px;color:#3c4043">When</h2><span>Monday 9 Nov 2026, 10:00 (CET)</span><h2 style="font-size:14px;color:#3c4043">Guests</h2><a href="mailto:ann@example.org" style="color:#3c4043">ann@example.org</a> <span style="color:#70757a">- organiser</span><div style="padding:12px"><a href="https://calendar.example/yes" style="font-weight:bold;color:#1a73e8">Yes</a> <a href="https://calendar.example/no" style="font-weight:bold;color:#5f6368">No</a></div></td></tr></tbody></table></td></tr></tbody></table>`,
  },
  {
    name: 'marketing with bgcolor attributes and font elements',
    dark: 'card',
    html: `<body bgcolor="#FFCC00" text="#000000"><center><table bgcolor="#CC0000" width="560" cellpadding="12"><tr><td><font face="Verdana" size="6" color="#FFFFFF"><b>SALE</b></font></td></tr><tr><td bgcolor="#FFFFFF"><font color="#CC0000" size="4">Everything must go!</font><br><font color="#000080">Only until Sunday.</font><table><tr><td bgcolor="#00AA00"><font color="#FFFFFF">Order now</font></td></tr></table></td></tr></table></center></body>`,
  },
  {
    name: 'old page with colours as attributes',
    dark: 'recoloured',
    html: `<body bgcolor="#ffffee" text="#333300" link="#006600"><h2><font color="#993300">Club news</font></h2><hr color="#cccc99" size="1"><p>${lorem}</p><p><font size="2" color="#666633">Sent by the committee</font></p></body>`,
  },
  {
    name: 'classes in a style sheet',
    dark: 'recoloured',
    html: `<style>body{font-family:Georgia;color:#2b2b2b;background:#fff}.lead{font-size:18px;color:#111}.note{background:#eef6ff;border-left:4px solid #4c9aff;padding:8px 12px;color:#0b3d91}.fine{color:#8a8a8a}a{color:#8a1c7c}a:hover{color:#fff;background:#8a1c7c}</style><p class="lead">Good morning,</p><p>${lorem}</p><div class="note">Gate B is closed. <a href="https://example.org">Why?</a></div><p class="fine">Sent to all crew.</p>`,
  },
  {
    name: 'whole page coloured by its sheet, with important',
    dark: 'recoloured',
    html: `<style>html{background:#fafafa !important}body{background:#fafafa !important;color:#202124 !important}p{color:#202124 !important}.m{color:rgba(0,0,0,.54) !important}</style><p>${lorem}</p><p class="m">Muted, by transparency and by force.</p>`,
  },
  {
    name: 'background picture with white words and a colour behind',
    dark: 'card',
    html: `<table width="100%"><tr><td background="https://example.org/hero.jpg" bgcolor="#12324a" style="background:#12324a url(https://example.org/hero.jpg) center/cover no-repeat;padding:48px 24px;color:#ffffff;font:28px Arial">Set sail in spring</td></tr><tr><td style="padding:24px;font:15px Arial;color:#333">${lorem}<table><tr><td>&nbsp;</td></tr></table></td></tr></table>`,
  },
  {
    name: 'background picture of the message',
    dark: 'card',
    html: `<div style="background-image:url(${PHOTO});background-size:cover;padding:40px"><div style="background:#ffffff;padding:16px;color:#222">${lorem}</div></div>`,
  },
  {
    name: 'gradient heading',
    dark: 'card',
    html: `<div style="background:linear-gradient(90deg,#4c1d95,#7c3aed);padding:20px;border-radius:8px"><h1 style="color:#ffffff;margin:0">Your month in numbers</h1></div><p style="color:#374151">${lorem}</p>`,
  },
  {
    name: 'declares both schemes and brings dark rules',
    dark: 'own-dark',
    html: `<html><head><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><style>:root{color-scheme:light dark}.page{background:#ffffff;color:#1f2937}.btn{background:#2563eb;color:#ffffff}.fine{color:#6b7280}@media (prefers-color-scheme:dark){.page{background:#111827 !important;color:#f3f4f6 !important}.btn{background:#60a5fa !important;color:#0b1220 !important}.fine{color:#9ca3af !important}}</style></head><body><table class="page" width="100%"><tr><td style="padding:24px"><table><tr><td><h2>Welcome aboard</h2><p>${lorem}</p><a class="btn" href="https://example.org" style="padding:8px 16px;text-decoration:none">Start</a><p class="fine">No reply needed.</p></td></tr></table></td></tr></table></body></html>`,
  },
  {
    name: 'dark rules only in a media query, one of them too faint',
    dark: 'own-dark',
    html: `<style>body{background:#fff;color:#111}@media screen and (prefers-color-scheme: dark){body{background:#000;color:#eee}h2{color:#fff}.foot{color:#555}}</style><h2>Release notes</h2><p>${lorem}</p><p>${lorem}</p><p class="foot">Faint in the dark.</p>`,
  },
  {
    name: 'declares dark and brings none',
    dark: 'recoloured',
    html: `<head><meta name="color-scheme" content="light dark"></head><body><div style="color:#222222;font:15px Arial"><p>${lorem}</p><p style="color:#0b5394">${lorem}</p></div></body>`,
  },
  {
    name: 'declares dark, brings none and is made of tables',
    dark: 'card',
    html: `<head><meta name="supported-color-schemes" content="light dark"><style>:root{supported-color-schemes:light dark}</style></head><body><table width="100%"><tr><td><table width="600"><tr><td style="color:#1a1a1a;font:16px Arial">${lorem}</td></tr><tr><td style="color:#444">${lorem}</td></tr></table></td></tr></table></body>`,
  },
  {
    name: 'right to left',
    dark: 'recoloured',
    html: `<html dir="rtl" lang="ar"><body style="font:16px Tahoma;color:#1b1b1b"><p>مرحبا أليكس،</p><p style="background:#e8f5e9;color:#1b5e20;padding:8px">تغادر العبارة في التاسعة والنصف من الرصيف الشمالي.</p><p>مع أطيب التحيات<br><span style="color:#757575">آن</span></p></body></html>`,
  },
  {
    name: 'Japanese with full-width signs',
    dark: 'recoloured',
    html: `<div style="font-family:'Hiragino Sans','Noto Sans CJK JP',sans-serif;line-height:1.8;color:#333"><p>アレックス様</p><p>いつもお世話になっております。<span style="color:#c00">締切は金曜日</span>です。</p><p style="border:1px dashed #999;padding:8px">━━━━━━━━━━<br>港湾事務所　〒100-0001<br>━━━━━━━━━━</p></div>`,
  },
  {
    name: 'text in pre and code',
    dark: 'recoloured',
    html: `<pre style="color:#24292e;background:#f6f8fa;padding:12px">$ make check\n<span style="color:#22863a">ok</span> 812 tests, <span style="color:#b31d28">1 failure</span></pre><p>See <code style="background:rgba(27,31,35,.05);color:#24292e">store.ts</code>, line 4 and <kbd>Ctrl</kbd>.</p><samp style="color:#6a737d">exit 1</samp>`,
  },
  {
    name: 'huge inline styles of a page builder',
    dark: 'recoloured',
    html: Array.from(
      { length: 12 },
      (_, at) =>
        `<p style="margin:0in 0in 8pt;line-height:107%;font-size:11pt;font-family:Calibri,sans-serif;color:rgb(${at * 12},${at * 9},${40 + at * 5});text-indent:0px;letter-spacing:normal;orphans:2;widows:2;word-spacing:0px;-webkit-text-stroke-width:0px;white-space:normal;text-decoration-thickness:initial;text-decoration-style:initial;text-decoration-color:initial;background-color:rgb(255,255,255)"><span style="color:inherit;background:transparent">${lorem}</span></p>`,
    ).join(''),
  },
  {
    name: 'white words on a coloured button',
    dark: 'recoloured',
    html: `<div style="font:15px Arial;color:#333"><p>Please confirm your address.</p><p><a href="https://example.org/c" style="background:#28a745;color:#fff;padding:10px 18px;border-radius:4px;text-decoration:none">Confirm</a></p><p><a href="https://example.org/d" style="background:#111;color:#fff;padding:10px 18px;text-decoration:none">Decline</a></p></div>`,
  },
  {
    name: 'faint from the start',
    dark: 'recoloured',
    html: `<div style="color:#bbb;font:13px Arial"><p>Light grey on white is the fashion.</p><p style="color:#ffcc00">Yellow as well.</p><p style="opacity:.4;color:#000">Thinned by opacity.</p><p style="background:#eee;color:#ddd">Grey on grey.</p></div>`,
  },
  {
    name: 'effects: shadows, fills, clipped and generated text',
    dark: 'recoloured',
    html: `<style>.q::before{content:"“ ";color:#111;background:#fff}.t{-webkit-text-fill-color:#222;color:#fff}.s{text-shadow:0 1px 0 #fff;box-shadow:0 0 4px #ccc}p::first-letter{color:#000}.lab{color:oklch(0.3 0.1 250)}.mix{color:color-mix(in srgb, #000 70%, #00f)}</style><p class="q">Quoted</p><p class="t">Filled</p><p class="s">Shadowed</p><p class="lab">In OKLCH</p><p class="mix">Mixed</p><p style="background:color(srgb 1 0.95 0.8)">On a colour of another notation</p>`,
  },
  {
    name: 'dark from the start, with light text laid over it',
    dark: 'card',
    html: `<div style="position:relative;background:#1b1b1f;height:160px"><div style="position:absolute;left:24px;top:24px;color:#f5f5f7;font:24px Arial">Night ferry</div><div style="position:absolute;left:24px;top:80px;background:#f5f5f7;color:#1b1b1f;padding:8px">Book</div></div>`,
  },
  {
    name: 'news digest: many colours without tables',
    dark: 'card',
    html: ['#fde2e2', '#e2f0fd', '#e6fde2', '#fdf6e2', '#efe2fd']
      .map(
        (colour, at) =>
          `<div style="background:${colour};padding:12px;color:#1c1c1c"><h3 style="margin:0;color:#${at}04080">Story ${at + 1}</h3>${lorem}</div>`,
      )
      .join(''),
  },
  {
    name: 'answer with a signature and its picture',
    dark: 'recoloured',
    html: `<p>Good idea.</p><div class="moz-signature">-- <br><table><tr><td><img src="${LOGO}" width="120" height="32" alt="Harbour"></td><td style="border-left:2px solid #0f4c81;padding-left:8px"><b style="color:#0f4c81">Ann Baker</b><br><span style="color:#777">Harbour Office</span><br><a href="tel:+15550100" style="color:#0f4c81">+1 555 0100</a></td></tr></table></div>`,
  },
];
