import UFuzzy from '@leeoniya/ufuzzy';

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  readonly section: 'recent' | 'commands' | 'folders' | 'people' | 'settings';
  /** Where a folder is: the account's name; a person's address. */
  readonly hint?: string | undefined;
  readonly shortcut?: string | undefined;
  /** Single keys that mean it in the list: typed here they find it at once. */
  readonly keys?: readonly string[];
  run(): void;
}

const MAX_SHOWN = 50;
/** One slip per word is forgiven; words are words in every script. */
const fuzzy = new UFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  intraMode: 1,
});

/**
 * What the palette shows for the typed text, best first. Without text: the recent ones, then all. Accents do not count.
 */
export function searchPalette(
  items: readonly PaletteItem[],
  text: string,
  recentIds: readonly string[],
): readonly PaletteItem[] {
  const needle = plain(text.trim());
  if (needle === '') {
    const recent = recentIds.flatMap((id) => items.find((item) => item.id === id) ?? []);
    return [
      ...recent.map((item) => ({ ...item, section: 'recent' as const })),
      ...items.filter((item) => !recentIds.includes(item.id)),
    ];
  }
  // As one key runs it in the list, one key finds it here.
  const exact = items.filter(({ keys }) => keys?.includes(text.trim()));
  return [...exact, ...fuzzily(items, needle).filter((item) => !exact.includes(item))].slice(0, MAX_SHOWN);
}

function fuzzily(items: readonly PaletteItem[], needle: string): readonly PaletteItem[] {
  const haystack = items.map((item) => plain([item.label, item.hint].filter(Boolean).join(' ')));
  const [indexes, info, order] = fuzzy.search(haystack, needle, 1);
  if (!indexes) return [];
  const best = info && order ? order.map((at) => info.idx[at] ?? 0) : indexes;
  return best.flatMap((at) => items[at] ?? []);
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
