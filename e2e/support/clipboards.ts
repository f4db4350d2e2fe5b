/** What programs put on the clipboard, and what of it belongs into a letter (APP-140). */
export interface Clipboard {
  readonly from: string;
  readonly html: string;
  /** The editor's text afterwards, blocks separated by ` / `. */
  readonly text: string;
  /** Elements that carry meaning and stay. */
  readonly keeps?: readonly string[];
}

const REMOTE = 'http://127.0.0.1:9/tracker.png';

export const CLIPBOARDS: readonly Clipboard[] = [
  {
    from: 'a web page',
    html: '<p>One <b>two</b></p><p>Three</p>',
    text: 'One two / Three',
    keeps: ['strong'],
  },
  {
    from: 'a page with scripts',
    html: '<p onclick="alert(1)">Safe</p><script>document.title="x"</script><style>p{color:red}</style>',
    text: 'Safe',
  },
  {
    from: 'a page with pictures',
    html: `<p>Before<img src="${REMOTE}" onerror="alert(1)">after</p>`,
    text: 'Beforeafter',
  },
  {
    from: 'a page with a link',
    html: '<a href="https://harbour.example/plan" class="x" style="color:#f00">Plan</a>',
    text: 'Plan',
    keeps: ['a[href="https://harbour.example/plan"]'],
  },
  { from: 'a page with a hostile link', html: '<a href="javascript:alert(1)">Click</a>', text: 'Click' },
  {
    from: 'a dark page',
    html: '<div style="background:#000;color:#eee;font:20px Impact"><span style="color:#0f0">Green</span> words</div>',
    text: 'Green words',
  },
  {
    from: 'Word, a paragraph',
    html: '<!--[if gte mso 9]><xml><o:x/></xml><![endif]--><p class=MsoNormal style="mso-margin-top-alt:auto"><span style=\'font-family:"Calibri",sans-serif;color:#1F497D\'>Dear Anna<o:p></o:p></span></p>',
    text: 'Dear Anna',
  },
  {
    from: 'Word, bold by style',
    html: '<p class="MsoNormal"><span style="font-weight:bold;font-size:11.0pt">Loud</span> quiet</p>',
    text: 'Loud quiet',
    keeps: ['strong'],
  },
  {
    from: 'Word, a list',
    html: '<p class="MsoListParagraphCxSpFirst"><span style="mso-list:Ignore">·<span>   </span></span>First</p><p class="MsoListParagraphCxSpLast"><span style="mso-list:Ignore">·<span>   </span></span>Second</p>',
    text: 'First / Second',
    keeps: ['ul > li'],
  },
  {
    from: 'Word, a table',
    html: '<table class="MsoTableGrid" border="1"><tr><td style="width:100pt"><p>Berth</p></td><td><p>4</p></td></tr></table>',
    text: 'Berth / 4',
    keeps: ['table td'],
  },
  {
    from: 'Excel',
    html: '<html><head><meta name=Generator content="Microsoft Excel 15"><style>td{mso-style-parent:style0}</style></head><body><table><col width=64><tr height=20><td class=xl65 style="background:yellow">1</td><td>2</td></tr></table></body></html>',
    text: '1 / 2',
    keeps: ['table td'],
  },
  {
    from: 'Google Docs',
    html: '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-size:11pt;font-weight:400;color:#000">Plain</span> <span style="font-weight:700">bold</span></p></b>',
    text: 'Plain bold',
    keeps: ['strong'],
  },
  {
    from: 'Google Sheets',
    html: '<google-sheets-html-origin><table><tbody><tr><td data-sheets-value="{}">a</td><td>b</td></tr></tbody></table>',
    text: 'a / b',
    keeps: ['table td'],
  },
  {
    from: 'LibreOffice',
    html: '<!DOCTYPE html><html><head><style type="text/css">@page{margin:2cm}p{line-height:115%}</style></head><body><p style="line-height:100%"><font color="#c9211e"><font face="Liberation Serif">Red <i>words</i></font></font></p></body></html>',
    text: 'Red words',
    keeps: ['em'],
  },
  {
    from: 'Outlook on the web',
    html: '<div style="font-family:Aptos;color:rgb(0,0,0)" class="elementToProof">Line one<br>Line two</div>',
    text: 'Line one\nLine two',
    keeps: ['br'],
  },
  {
    from: 'a code editor',
    html: '<pre style="background:#1e1e1e;color:#d4d4d4">const a = 1;\nconst b = 2;</pre>',
    text: 'const a = 1;\nconst b = 2;',
    keeps: ['pre'],
  },
  {
    from: 'a chat',
    html: '<ul><li>One<ul><li>Deeper</li></ul></li><li>Two</li></ul>',
    text: 'One / Deeper / Two',
    keeps: ['ul ul'],
  },
  {
    from: 'a form',
    html: '<form action="/x"><input value="1"><button>Send</button><p>Kept</p></form>',
    text: 'Send / Kept',
  },
  {
    from: 'a page with frames',
    html: '<iframe src="https://x.example"></iframe><object data="x"></object><svg><text>no</text></svg><p>Only this</p>',
    text: 'Only this',
  },
  {
    from: 'another letter of ours',
    html: '<p data-pm-slice="1 1 []"><span style="color: rgb(59, 120, 216)">Blue</span> here</p>',
    text: 'Blue here',
    keeps: ['span[style*="color"]'],
  },
];
