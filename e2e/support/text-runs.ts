/** How one piece of text in a page can be read. */
export interface TextRun {
  readonly text: string;
  /** `rgb(r g b)`, opaque: as painted on what lies behind it. */
  readonly colour: string;
  readonly background: string;
  /** After WCAG 2.2; the worst over the stops where a gradient lies behind, null where a picture does. */
  readonly ratio: number | null;
}

/**
 * Measures every visible piece of text of the document it runs in, generated text included: colour against all layers
 * behind it, put together. Runs inside the page, so it stands alone.
 */
export function textRuns(): TextRun[] {
  type Colour = readonly [number, number, number, number];
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const read = (css: string): Colour => {
    const legacy = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(css);
    if (legacy) return [Number(legacy[1]), Number(legacy[2]), Number(legacy[3]), Number(legacy[4] ?? 1)];
    if (canvas === null) throw new Error('no canvas');
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top: Colour, under: Colour): Colour => {
    const mix = (at: 0 | 1 | 2) => top[at] * top[3] + under[at] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const luminance = ([r, g, b]: Colour) => {
    const linear = (byte: number) =>
      byte <= 10.31475 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const contrast = (one: Colour, other: Colour) => {
    const [a, b] = [luminance(one), luminance(other)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const name = ([r, g, b]: Colour) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;

  const opacityOf = (start: Element) => {
    let opacity = 1;
    for (let at: Element | null = start; at !== null; at = at.parentElement)
      opacity *= Number(getComputedStyle(at).opacity);
    return opacity;
  };
  /** All that can lie behind: one colour, one per stop of a gradient, or null for a picture. */
  const behind = (start: Element): Colour[] | null => {
    const chain: Element[] = [];
    for (let at: Element | null = start; at !== null; at = at.parentElement) chain.unshift(at);
    let grounds: Colour[] = [[255, 255, 255, 1]];
    let pictured = false;
    for (const element of chain) {
      const style = getComputedStyle(element);
      const colour = read(style.backgroundColor);
      const opacity = opacityOf(element);
      grounds = grounds.map((ground) => over([colour[0], colour[1], colour[2], colour[3] * opacity], ground));
      if (colour[3] * opacity > 0.99) pictured = false;
      if (style.backgroundImage.includes('url(')) pictured = true;
      else if (style.backgroundImage.includes('gradient(')) {
        const stops = style.backgroundImage.match(/rgba?\([^)]*\)/g) ?? [];
        grounds = stops.flatMap((stop) => grounds.map((ground) => over(read(stop), ground)));
      }
    }
    return pictured ? null : grounds;
  };
  const measure = (element: Element, style: CSSStyleDeclaration, text: string): TextRun => {
    const fill = read(style.getPropertyValue('-webkit-text-fill-color') || style.color);
    const thin: Colour = [fill[0], fill[1], fill[2], fill[3] * opacityOf(element)];
    const grounds = behind(element);
    if (grounds === null) return { text, colour: name(thin), background: 'picture', ratio: null };
    const [worst] = grounds
      .map((ground) => ({ ground, ratio: contrast(over(thin, ground), ground) }))
      .sort((a, b) => a.ratio - b.ratio);
    if (worst === undefined) throw new Error('nothing lies behind');
    return {
      text,
      colour: name(over(thin, worst.ground)),
      background: name(worst.ground),
      ratio: worst.ratio,
    };
  };
  const isForReading = (style: CSSStyleDeclaration) =>
    style.visibility === 'visible' && Number.parseFloat(style.fontSize) >= 4;

  const runs: TextRun[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = (node.textContent ?? '').trim();
    if (element === null || text === '' || !element.checkVisibility({ opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { width, height } = range.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (width > 0 && height > 0 && isForReading(style)) runs.push(measure(element, style, text.slice(0, 40)));
  }
  for (const element of document.body.querySelectorAll('*')) {
    for (const pseudo of ['::before', '::after']) {
      const style = getComputedStyle(element, pseudo);
      const text = /^"(.+)"$/.exec(style.content)?.[1];
      if (text === undefined || text.trim() === '' || !element.checkVisibility() || !isForReading(style))
        continue;
      const own = read(style.backgroundColor);
      if (own[3] > 0 || style.position === 'absolute') continue;
      if (!element.matches('[data-hp-fold]')) runs.push(measure(element, style, `${pseudo} ${text}`));
    }
  }
  return runs;
}
