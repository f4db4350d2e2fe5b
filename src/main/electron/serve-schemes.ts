import { type Answer, emptyAnswer } from '../content/answer';
import type { ContentService } from '../content/content-service';
import { appHeaders } from '../security/app-headers';
import { serveStaticFile } from '../security/static-files';
import { APP_ORIGIN, MAIL_SCHEME } from './origins';

export interface SchemeOptions {
  readonly rendererDir: string;
  /** Settles when the workers run; the window itself is served before. */
  readonly content: Promise<ContentService>;
}

interface SchemeRequest {
  readonly url: string;
  readonly method: string;
}

/** Answers `app://homeport/…`: the built window, and bytes of messages by handle (APP-363). */
export async function serveApp(
  { rendererDir, content }: SchemeOptions,
  request: SchemeRequest,
): Promise<Answer> {
  const headers = appHeaders(`${MAIL_SCHEME}:`, false);
  const parts = /^app:\/\/homeport(\/[^?#]*)(?:[?#]|$)/.exec(request.url);
  if (parts === null) return emptyAnswer(404, headers);
  if (request.method !== 'GET' && request.method !== 'HEAD') return emptyAnswer(405, headers);
  const path = parts[1] ?? '/';
  const handle = /^\/content\/([0-9a-f]+)$/.exec(path)?.[1];
  if (handle !== undefined) return (await content).serveContent(handle);
  return serveStaticFile(rendererDir, path, headers);
}

/** Answers `mail-content://HANDLE/`: the document of one message frame, once (APP-364). */
export async function serveMailContent({ content }: SchemeOptions, request: SchemeRequest): Promise<Answer> {
  const handle = /^mail-content:\/\/([0-9a-f]+)\/$/.exec(request.url)?.[1];
  if (handle === undefined || request.method !== 'GET') return emptyAnswer(404);
  return (await content).serveViewer(handle, APP_ORIGIN);
}
