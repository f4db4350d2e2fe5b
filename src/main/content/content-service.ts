import { randomBytes } from 'node:crypto';
import type { MessageId } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';
import { viewerDocument } from '../../shared/viewer/viewer-document';
import type { Clock } from '../../sync/ports/clock';
import { type Answer, emptyAnswer } from './answer';
import { contentHeaders } from './content-headers';
import type { Content, ContentPart, ContentRequest } from './content-part';
import { createHandles } from './handles';

const HOUR_MS = 60 * 60 * 1000;
const CONTENT_LIFETIME_MS = 12 * HOUR_MS;
/** The frame asks for its document at once. */
const VIEWER_LIFETIME_MS = 60_000;
const MOST_CONTENT = 20_000;
const MOST_VIEWERS = 200;

type ViewerHandle =
  | { readonly kind: 'viewer'; readonly remote: 'blocked' | 'once' | 'sender' }
  | { readonly kind: 'document'; readonly answer: Answer };

interface ContentHandle {
  readonly messageId: MessageId;
  readonly part: ContentPart;
  readonly disposition: 'inline' | 'attachment';
}

/** Bytes of messages and documents of message frames, by handles that only this host's windows learn. */
export interface ContentService {
  createContent(handle: ContentHandle): string;
  createViewer(remote: 'blocked' | 'once' | 'sender'): string;
  /** A document made by us, such as a message for the printer; shown once. */
  createDocument(document: {
    readonly html: string;
    readonly headers: Readonly<Record<string, string>>;
  }): string;
  /** True for the handle of a viewer whose reader asked for remote pictures, also after it was served. */
  allowsRemote(handle: string): boolean;
  serveContent(handle: string): Promise<Answer>;
  /**
   * The document behind a viewer's or document's handle.
   * @param appOrigin the only origin that may embed the frame
   */
  serveViewer(handle: string, appOrigin: string): Promise<Answer>;
  /** Voids every handle. */
  clear(): void;
}

export interface ContentServiceOptions {
  readonly clock: Clock;
  readonly content: (request: ContentRequest) => Promise<Outcome<Content>>;
  /** Reads the built viewer script. */
  readonly readViewerScript: () => Promise<string>;
}

export function createContentService({
  clock,
  content,
  readViewerScript,
}: ContentServiceOptions): ContentService {
  const contents = createHandles<ContentHandle>(clock, CONTENT_LIFETIME_MS, MOST_CONTENT);
  const viewers = createHandles<ViewerHandle>(clock, VIEWER_LIFETIME_MS, MOST_VIEWERS);
  const remoteViewers = new Set<string>();
  let script: Promise<string> | undefined;
  return {
    createContent: (handle) => contents.create(handle),
    createViewer: (remote) => {
      const handle = viewers.create({ kind: 'viewer', remote });
      if (remote !== 'blocked') {
        const [oldest] = remoteViewers;
        if (oldest !== undefined && remoteViewers.size >= MOST_VIEWERS) remoteViewers.delete(oldest);
        remoteViewers.add(handle);
      }
      return handle;
    },
    createDocument: ({ html, headers }) =>
      viewers.create({ kind: 'document', answer: { status: 200, headers, body: html } }),
    allowsRemote: (handle) => remoteViewers.has(handle),
    serveContent: async (handle) => {
      const found = contents.get(handle);
      if (found === null) return emptyAnswer(404);
      const outcome = await content({ messageId: found.messageId, part: found.part });
      if (!outcome.ok) return emptyAnswer(outcome.failure.kind === 'not-found' ? 404 : 503);
      const { bytes } = outcome.value;
      // The source of a message is shown as text; as a file it keeps its own type's name.
      const claim =
        found.part.kind === 'source' ? { ...outcome.value, mediaType: 'text/plain' } : outcome.value;
      return { status: 200, headers: contentHeaders(claim, found.disposition), body: bytes };
    },
    serveViewer: async (handle, appOrigin) => {
      const found = viewers.take(handle);
      if (found === null) return emptyAnswer(404);
      if (found.kind === 'document') return found.answer;
      script ??= readViewerScript();
      const remoteImages = found.remote === 'blocked' ? 'blocked' : 'allowed';
      const nonce = randomBytes(18).toString('base64');
      const { html, headers } = viewerDocument({ nonce, script: await script, appOrigin, remoteImages });
      return {
        status: 200,
        headers: {
          ...headers,
          'Cross-Origin-Resource-Policy': 'cross-origin',
          // Strangers' pictures carry no permission to be embedded; without credentials they are let in anyway.
          'Cross-Origin-Embedder-Policy': remoteImages === 'allowed' ? 'credentialless' : 'require-corp',
        },
        body: html,
      };
    },
    clear: () => {
      contents.clear();
      viewers.clear();
      remoteViewers.clear();
    },
  };
}
