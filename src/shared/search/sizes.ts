const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1e3, m: 1e6, g: 1e9 };

/** Bytes of `500k`, `10m`, `1.5MB` or `2000`; null for anything else. */
export function parseSize(value: string): number | null {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)([kmg]?)b?$/i.exec(value.trim());
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ''];
  return match && unit !== undefined ? Math.round(Number(match[1]) * unit) : null;
}
