/** A Message-ID fits into one header line (RFC 5322 section 2.1.1). */
const MAX_NAME_CHARS = 998;

/** RFC 2392: the Message-ID in a `mid:` address, without a part's name and angle brackets; null when there is none. */
export function nameInMid(url: string): string | null {
  const [, escaped = ''] = /^mid:(?:\/\/)?([^/?#]*)/i.exec(url) ?? [];
  try {
    const name = decodeURIComponent(escaped).replace(/^<|>$/g, '');
    return name === '' || name.length > MAX_NAME_CHARS ? null : name;
  } catch {
    return null;
  }
}
