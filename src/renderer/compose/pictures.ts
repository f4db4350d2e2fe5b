/**
 * What pictures in the text look like while they are written about: `contentId` → an address of this window. Their bytes
 * lie with the draft; a picture that was put in before the window began is drawn once somebody fetched it.
 */
const urls = new Map<string, string>();
const listeners = new Set<() => void>();

export function pictureUrl(contentId: string): string | null {
  return urls.get(contentId) ?? null;
}

export function keepPicture(contentId: string, url: string): void {
  urls.set(contentId, url);
  for (const listener of [...listeners]) listener();
}

/** Calls back whenever a picture can be shown. Returns the function that ends it. */
export function whenPicture(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
