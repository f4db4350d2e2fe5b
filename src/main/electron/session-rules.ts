import type { Session } from 'electron';
import { APP_ORIGIN, APP_SCHEME, MAIL_SCHEME } from './origins';

/** What pages of the app's own origin may ask the system for (APP-367); nobody else gets anything. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export function mayHavePermission(permission: string, origin: string): boolean {
  return ALLOWED_PERMISSIONS.has(permission) && origin.replace(/\/$/, '') === APP_ORIGIN;
}

export interface WantedRequest {
  readonly url: string;
  readonly resourceType: string;
  /** Address of the frame that asks, '' when unknown. */
  readonly frameUrl: string;
}

/**
 * Whether a window may load something at all (APP-365's last layer, APP-376). Its own schemes only, and https pictures
 * for a message frame whose reader asked for them.
 */
export function mayRequest(
  { url, resourceType, frameUrl }: WantedRequest,
  allowsRemote: (handle: string) => boolean,
  devTools: boolean,
): boolean {
  const scheme = url.slice(0, url.indexOf(':'));
  if ([APP_SCHEME, MAIL_SCHEME, 'blob', 'data'].includes(scheme)) return true;
  if (scheme === 'devtools') return devTools;
  if (scheme !== 'https' || resourceType !== 'image') return false;
  const handle = new RegExp(`^${MAIL_SCHEME}://([0-9a-f]+)/$`).exec(frameUrl)?.[1];
  return handle !== undefined && allowsRemote(handle);
}

/** Closes a window's session: no permissions, no devices, no downloads, no network but what `mayRequest` lets out. */
export function applySessionRules(
  session: Session,
  options: { readonly allowsRemote: (handle: string) => boolean; readonly devTools: boolean },
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayHavePermission(permission, originOf(details.requestingUrl))),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayHavePermission(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const { url, resourceType, frame } = details;
    const wanted = { url, resourceType, frameUrl: frame?.url ?? '' };
    answer({ cancel: !mayRequest(wanted, options.allowsRemote, options.devTools) });
  });
  // Pictures of strangers learn nothing but that they were fetched.
  session.webRequest.onBeforeSendHeaders({ urls: ['https://*/*'] }, (details, answer) => {
    const { Cookie: _cookie, Referer: _referer, Origin: _origin, ...requestHeaders } = details.requestHeaders;
    answer({ requestHeaders });
  });
  session.webRequest.onHeadersReceived({ urls: ['https://*/*'] }, (details, answer) => {
    const kept = Object.entries(details.responseHeaders ?? {}).filter(
      ([name]) => name.toLowerCase() !== 'set-cookie',
    );
    answer({ responseHeaders: Object.fromEntries(kept) });
  });
}

function originOf(url: string): string {
  const parts = /^([a-z-]+:\/\/[^/]*)/.exec(url);
  return parts?.[1] ?? '';
}
