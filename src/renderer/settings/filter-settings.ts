interface Searchable {
  readonly label: string;
  readonly text: string;
  readonly also?: string;
}

/** The settings in which every typed word occurs, in their own order. */
export function filterSettings<T extends Searchable>(specs: readonly T[], text: string): readonly T[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return specs.filter((spec) => {
    const haystack = fold([spec.label, spec.text, spec.also].filter(Boolean).join(' '));
    return words.every((word) => haystack.includes(word));
  });
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
