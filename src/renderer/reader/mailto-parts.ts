/** Whom a `mailto:` address writes to and about what (RFC 6068); null when it names nobody. */
export function mailtoParts(mailto: string): { readonly to: string; readonly subject: string } | null {
  try {
    const url = new URL(mailto);
    const to = decodeURIComponent(url.pathname);
    const subject = [...url.searchParams].find(([name]) => name.toLowerCase() === 'subject')?.[1] ?? '';
    return url.protocol === 'mailto:' && to !== '' ? { to, subject } : null;
  } catch {
    return null;
  }
}
