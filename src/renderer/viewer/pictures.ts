import { MAX_INLINE_IMAGES } from '../../shared/viewer/limits';
import { PICTURE_TYPE } from '../../shared/viewer/picture-type';

/** What became of one picture address of the message. */
export type Picture =
  | { readonly kind: 'here'; readonly url: string }
  | { readonly kind: 'waiting'; readonly contentId: string }
  | { readonly kind: 'remote'; readonly url: string }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'none' };

/** Larger data: pictures are left out; real ones are icons. In characters of the address. */
const MAX_DATA_CHARS = 3_000_000;

/**
 * The pictures of the message in this frame. Everything drawn is a blob: made here from bytes of the message, or, where
 * the frame was opened with remote pictures, an https address (APP-083).
 */
export class Pictures {
  readonly #blobs = new Map<string, string>();
  readonly #needed = new Set<string>();
  readonly #remoteAllowed: boolean;
  readonly #blocked = new Set<string>();

  constructor(remoteAllowed: boolean) {
    this.#remoteAllowed = remoteAllowed;
  }

  /** Different remote pictures left out. */
  get blocked(): number {
    return this.#blocked.size;
  }

  /** Content-IDs whose bytes have not arrived. */
  get needed(): readonly string[] {
    return [...this.#needed];
  }

  resolve(address: string): Picture {
    const trimmed = address.trim();
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(trimmed)?.[0].toLowerCase();
    switch (scheme) {
      case 'cid:':
        return this.#fromMessage(contentIdOf(trimmed));
      case 'data:':
        return this.#fromData(trimmed);
      case 'https:':
      case 'http:':
        return this.#fromNetwork(trimmed);
      default:
        return { kind: 'none' };
    }
  }

  /** Keeps the bytes of a picture of the message; answers its address, or null for a type that is no picture. */
  receive(contentId: string, mediaType: string, bytes: ArrayBuffer): string | null {
    this.#needed.delete(contentId);
    return PICTURE_TYPE.test(mediaType) ? this.#keep(`cid:${contentId}`, mediaType, bytes) : null;
  }

  #fromMessage(contentId: string): Picture {
    const url = this.#blobs.get(`cid:${contentId}`);
    if (url !== undefined) return { kind: 'here', url };
    if (contentId === '' || contentId.length > 1000) return { kind: 'none' };
    if (this.#needed.size < MAX_INLINE_IMAGES) this.#needed.add(contentId);
    return { kind: 'waiting', contentId };
  }

  #fromData(address: string): Picture {
    const known = this.#blobs.get(address);
    if (known !== undefined) return { kind: 'here', url: known };
    const match = /^data:([^,;]*)(?:;(?!base64,)[^,;]*)*(;base64)?,/i.exec(address.slice(0, 200));
    const mediaType = match?.[1] ?? '';
    if (match === null || address.length > MAX_DATA_CHARS || !PICTURE_TYPE.test(mediaType))
      return { kind: 'none' };
    const bytes = decodeData(address.slice(match[0].length), match[2] !== undefined);
    return bytes === null ? { kind: 'none' } : { kind: 'here', url: this.#keep(address, mediaType, bytes) };
  }

  /** http addresses are asked for over https: nothing of a message is ever fetched in the clear. */
  #fromNetwork(address: string): Picture {
    if (this.#remoteAllowed) return { kind: 'remote', url: address.replace(/^http:/i, 'https:') };
    this.#blocked.add(address);
    return { kind: 'blocked' };
  }

  #keep(key: string, mediaType: string, bytes: BlobPart): string {
    const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    this.#blobs.set(key, url);
    return url;
  }
}

/** RFC 2392: percent-encoded in the address, without the angle brackets of the header. */
function contentIdOf(address: string): string {
  const raw = address.slice('cid:'.length);
  try {
    return decodeURIComponent(raw).replace(/^<|>$/g, '');
  } catch {
    return raw;
  }
}

function decodeData(data: string, base64: boolean): Uint8Array<ArrayBuffer> | null {
  try {
    const text = decodeURIComponent(data);
    if (!base64) return new TextEncoder().encode(text);
    return Uint8Array.from(atob(text.replace(/\s/g, '')), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
