import { SettableKeyword } from '../../shared/domain';
import { byName } from '../strings/plural';

export interface LabelChoice {
  readonly label: string;
  /** 'on' = all chosen rows have it: choosing takes it off. */
  readonly state: 'on' | 'off' | 'new';
}

/**
 * What a typed text is called as a label: servers keep no spaces and no difference of case. Null = it cannot be one;
 * what begins with `$` is a mark of programs.
 */
export function toLabel(text: string): string | null {
  const label = text.trim().toLowerCase().replace(/\s+/gu, '_');
  return label !== '' && !label.startsWith('$') && SettableKeyword.safeParse(label).success ? label : null;
}

/** Labels that contain the text, and at the end a new one of that name where there is none yet. Pure. */
export function labelChoices(
  known: readonly string[],
  rows: readonly { readonly labels: readonly string[] }[],
  text: string,
): LabelChoice[] {
  const wanted = toLabel(text);
  const all = [...new Set([...known, ...rows.flatMap(({ labels }) => labels)])].sort(byName);
  const found = all
    .filter(
      (label) => label.includes(text.trim().toLowerCase()) || (wanted !== null && label.includes(wanted)),
    )
    .map((label): LabelChoice => {
      const on = rows.length > 0 && rows.every(({ labels }) => labels.includes(label));
      return { label, state: on ? 'on' : 'off' };
    });
  return wanted === null || all.includes(wanted) ? found : [...found, { label: wanted, state: 'new' }];
}
