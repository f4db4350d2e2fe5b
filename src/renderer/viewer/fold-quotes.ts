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

/** Text shorter than this beside the quotes is no answer: then they are what there is to read. */
const MIN_ANSWER_CHARS = 2;

/** A quote of about four lines with words below it is what they are about, and stays in sight. */
const MAX_CONTEXT_CHARS = 300;

/**
 * Puts quoted text behind ••• controls (APP-080, UI-034): the quoted end of a message, and long quotes between its own
 * words. Leaves all open when there are no own words, and what is forwarded, because then the quote is the message.
 */
export function foldQuotes(body: HTMLElement, strings: FoldStrings): void {
  const groups = quoteGroups(body);
  if (groups.length === 0) return;
  const quoted = groups.reduce((sum, nodes) => sum + lettersIn(textOf(nodes)), 0);
  if (lettersIn(body.textContent ?? '') - quoted < MIN_ANSWER_CHARS) return;
  for (const group of groups) {
    const below = following(last(group));
    const isEnd = below.every((node) => isBlank(node) || matches(node, BELOW_QUOTES));
    const text = textOf(group);
    if (FORWARDED.test(text) || (!isEnd && lettersIn(text) <= MAX_CONTEXT_CHARS)) continue;
    fold(isEnd ? [...group, ...below] : group, strings);
  }
}

function fold(nodes: readonly ChildNode[], strings: FoldStrings): void {
  const [first] = nodes;
  const quote = first?.ownerDocument?.createElement('div');
  if (first === undefined || quote === undefined) return;
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

/** Quotes in order, each with its neighbours that are quotes too; none of them inside another. */
function quoteGroups(body: HTMLElement): ChildNode[][] {
  const groups: ChildNode[][] = [];
  const taken = new Set<Node>();
  const take = (first: HTMLElement) => {
    for (let node: Node | null = first; node !== null; node = node.parentNode) if (taken.has(node)) return;
    const group = groupFrom(first);
    groups.push(group);
    for (const node of group) taken.add(node);
  };
  for (const found of body.querySelectorAll<HTMLElement>(`${QUOTE_CONTAINERS},${QUOTE_STARTS}`)) {
    if (isAnsweredInside(found))
      for (const part of found.querySelectorAll<HTMLElement>(':scope > blockquote')) take(part);
    else take(found);
  }
  return groups;
}

/** Some programs write answers into the frame around the quote: after the first words of the other there are own ones. */
function isAnsweredInside(container: HTMLElement): boolean {
  if (container.matches(`blockquote,${QUOTE_STARTS}`)) return false;
  const quote = [...container.children].find((child) => matches(child, 'blockquote'));
  return (
    quote !== undefined &&
    following(quote).some((node) => !isBlank(node) && !isQuote(node) && !matches(node, BELOW_QUOTES))
  );
}

/** A quote and those beside it, with what is blank between them; what marks a beginning takes all that follows. */
function groupFrom(first: ChildNode): ChildNode[] {
  const group: ChildNode[] = [];
  let between: ChildNode[] = [];
  for (const node of [first, ...following(first)]) {
    if (matches(node, QUOTE_STARTS)) return [...group, ...between, node, ...following(node)];
    if (node === first || isQuote(node)) {
      group.push(...between, node);
      between = [];
    } else if (isBlank(node)) between.push(node);
    else break;
  }
  return group;
}

function following(node: ChildNode | undefined): ChildNode[] {
  const nodes: ChildNode[] = [];
  for (let next = node?.nextSibling; next; next = next.nextSibling) nodes.push(next);
  return nodes;
}

function isQuote(node: Node): boolean {
  return matches(node, `${QUOTE_CONTAINERS},${QUOTE_STARTS}`);
}

function matches(node: Node, selector: string): boolean {
  return node instanceof Element && node.matches(selector);
}

function isBlank(node: Node): boolean {
  return (node.textContent ?? '').trim() === '' && !(node instanceof Element && node.querySelector('img'));
}

function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => node.textContent ?? '').join('\n');
}

function lettersIn(text: string): number {
  return text.replace(/\s+/g, '').length;
}

function last<T>(items: readonly T[]): T | undefined {
  return items[items.length - 1];
}
