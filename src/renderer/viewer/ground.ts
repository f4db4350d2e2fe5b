import { blend, type Rgb } from './oklch';
import { readColour } from './read-colour';

/** What of an element's computed style decides how its text can be read. */
export interface Ground {
  readonly element: HTMLElement;
  readonly style: CSSStyleDeclaration;
  /** Text colour as painted: fill before colour, thinned by the opacity of the element and all around it. */
  readonly text: Rgb;
  readonly background: Rgb;
  /** Product of the opacities of the element and all around it. */
  readonly opacity: number;
}

/** Null where a colour cannot be read; the children of such an element are read all the same. */
export function readGrounds(elements: readonly HTMLElement[]): (Ground | null)[] {
  const opacities = new Map<Element, number>();
  return elements.map((element) => {
    const style = getComputedStyle(element);
    const opacity = Number(style.opacity) * (opacities.get(element.parentElement ?? element) ?? 1);
    opacities.set(element, opacity);
    const text = readColour(style.getPropertyValue('-webkit-text-fill-color') || style.color);
    const background = readColour(style.backgroundColor);
    if (text === null || background === null) return null;
    return {
      element,
      style,
      opacity,
      text: { ...text, alpha: text.alpha * opacity },
      background: { ...background, alpha: background.alpha * opacity },
    };
  });
}

/** True when the element has words of its own, not only those of elements in it. */
export function hasOwnText(element: HTMLElement): boolean {
  for (const node of element.childNodes)
    if (node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '') return true;
  return false;
}

/** The opaque colour behind each element, as far as backgrounds are colours; `surface` lies behind the first. */
export class Backdrop {
  readonly #surface: Rgb;
  readonly #under = new Map<Element, Rgb>();

  constructor(surface: Rgb) {
    this.#surface = surface;
  }

  below(element: Element): Rgb {
    return this.#under.get(element.parentElement ?? element) ?? this.#surface;
  }

  /** Answers the colour behind the words of `element`. Call for parents before their children. */
  lay(element: Element, background: Rgb): Rgb {
    const effective = blend(background, this.below(element));
    this.#under.set(element, effective);
    return effective;
  }
}
