/** Words for the control in front of folded text. */
export interface FoldStrings {
  readonly showQuote: string;
  readonly hideQuote: string;
}

/** What mail programs put around the message that is being answered, in the order they are looked for. */
const QUOTE_CONTAINERS = [
  '.gmail_quote_container',
  '.gmail_quote',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.moz-cite-prefix',
  '.tutanota_quote',
  '#mail-editor-reference-message-container',
  '#OLK_SRC_BODY_SECTION',
  'blockquote[type="cite"]',
  'blockquote.cite',
  '.moz-cite-prefix + blockquote',
].join(',');

/** Outlook marks only where the quote begins: everything from there on belongs to it. */
const QUOTE_STARTS = [
  '#divRplyFwdMsg',
  '#appendonsend',
  'hr#stopSpelling',
  'div[style*="border-top:solid #E1E1E1 1.0pt"]',
  'div[style*="border-top:solid #B5C4DF 1.0pt"]',
].join(',');

/** May stand below a quote without being part of the answer. */
const BELOW_QUOTES = '.moz-signature,.gmail_signature';

const FORWARDED = /^\s*(-{2,}|_{5,})?\s*(begin forwarded message|forwarded message|original message)/i;

/** Text shorter than this in front of a quote is no answer: then the quote is what there is to read. */
const MIN_ANSWER_CHARS = 2;

/**
 * Puts the quoted end of a message behind a ••• control (APP-080, UI-034). Leaves it open when nothing was written in
 * front of it, or when it is a forwarded message, because then it is the message.
 */
export function foldQuotes(body: HTMLElement, strings: FoldStrings): void {
  const nodes = quotedNodes(body);
  const first = nodes[0];
  if (first === undefined) return;
  const text = nodes.map((node) => node.textContent ?? '').join('\n');
  if (FORWARDED.test(text) || textBefore(body, first).length < MIN_ANSWER_CHARS) return;
  const quote = body.ownerDocument.createElement('div');
  quote.setAttribute('data-hp-quote', '');
  quote.hidden = true;
  first.replaceWith(quote);
  quote.append(...nodes);
  quote.before(control(quote, strings));
}

function control(quote: HTMLElement, strings: FoldStrings): HTMLElement {
  const button = quote.ownerDocument.createElement('button');
  button.type = 'button';
  button.setAttribute('data-hp-fold', '');
  button.textContent = '•••';
  const show = (open: boolean) => {
    quote.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    button.setAttribute('aria-label', open ? strings.hideQuote : strings.showQuote);
  };
  button.addEventListener('click', () => show(quote.hidden !== false));
  show(false);
  return button;
}

/** The quote and what follows it on its level when nothing but quote follows; empty when there is no quote. */
function quotedNodes(body: HTMLElement): ChildNode[] {
  const start = body.querySelector<HTMLElement>(QUOTE_STARTS);
  const container = body.querySelector<HTMLElement>(QUOTE_CONTAINERS);
  const inOrder = start !== null && container !== null && precedes(start, container);
  if (start !== null && (container === null || inOrder)) return [start, ...following(start)];
  if (container === null) return [];
  const rest = following(container);
  // Answers written between or below the quotes would lose their context: then nothing folds.
  const onlyQuotes = rest.every((node) => isBlank(node) || isQuote(node));
  return onlyQuotes ? [container, ...rest] : [];
}

function precedes(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function following(node: ChildNode): ChildNode[] {
  const nodes: ChildNode[] = [];
  for (let next = node.nextSibling; next !== null; next = next.nextSibling) nodes.push(next);
  return nodes;
}

function isQuote(node: Node): boolean {
  return node instanceof Element && node.matches(`${QUOTE_CONTAINERS},${QUOTE_STARTS},${BELOW_QUOTES}`);
}

function isBlank(node: Node): boolean {
  return (node.textContent ?? '').trim() === '' && !(node instanceof Element && node.querySelector('img'));
}

function textBefore(body: HTMLElement, node: Node): string {
  const range = body.ownerDocument.createRange();
  range.setStart(body, 0);
  range.setEndBefore(node);
  return range.toString().trim();
}
