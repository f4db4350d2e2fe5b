import { Settings } from '../../shared/contract/settings';

/**
 * A settings text as a patch: known keys with their schema's mercy, unknown keys as they are (APP-251). Null when the
 * text is no JSON object.
 */
export function parseDocument(text: string): Partial<Settings> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const known = Settings.parse(value);
    return Object.fromEntries(Object.entries(known).filter(([key]) => Object.hasOwn(value, key)));
  } catch {
    return null;
  }
}
