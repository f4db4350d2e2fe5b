/** Colours for recolouring (UI-044): sRGB bytes, OKLCH after Björn Ottosson's OKLab, contrast after WCAG 2.2. */
export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly alpha: number;
}

export interface Oklch {
  readonly l: number;
  readonly c: number;
  /** Radians. */
  readonly h: number;
}

/** Reads what getComputedStyle answers for legacy colours; null for other notations, which `read-colour.ts` reads. */
export function parseRgb(css: string): Rgb | null {
  const match = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(css);
  if (match === null) return null;
  return { r: Number(match[1]), g: Number(match[2]), b: Number(match[3]), alpha: Number(match[4] ?? 1) };
}

export function formatRgb({ r, g, b, alpha }: Rgb): string {
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}

export function toOklch(colour: Rgb): Oklch {
  const [r, g, b] = [toLinear(colour.r), toLinear(colour.g), toLinear(colour.b)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: Math.atan2(bb, a),
  };
}

/** Hue and lightness are kept; chroma shrinks until the colour exists in sRGB. */
export function fromOklch(colour: Oklch, alpha: number): Rgb {
  for (let c = colour.c; c > 0.002; c *= 0.9) {
    const rgb = toRgb({ ...colour, c });
    if (rgb.every((value) => value >= -0.5 && value <= 255.5)) return clamp(rgb, alpha);
  }
  return clamp(toRgb({ ...colour, c: 0 }), alpha);
}

function toRgb({ l: lightness, c, h }: Oklch): [number, number, number] {
  const a = c * Math.cos(h);
  const b = c * Math.sin(h);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toGamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toGamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toGamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function clamp([r, g, b]: [number, number, number], alpha: number): Rgb {
  const byte = (value: number) => Math.round(Math.min(255, Math.max(0, value)));
  return { r: byte(r), g: byte(g), b: byte(b), alpha };
}

function toLinear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toGamma(linear: number): number {
  return 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);
}

/** WCAG contrast ratio of two opaque colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance({ r, g, b }: Rgb): number {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b);
}

/** `over` seen through nothing but `under`, which is opaque. */
export function blend(over: Rgb, under: Rgb): Rgb {
  const mix = (a: number, b: number) => Math.round(a * over.alpha + b * (1 - over.alpha));
  return { r: mix(over.r, under.r), g: mix(over.g, under.g), b: mix(over.b, under.b), alpha: 1 };
}
