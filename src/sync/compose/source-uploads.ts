import { fail, type Outcome, ok } from '../../shared/outcome';

/** What one ready message may have: more than any server takes. */
const MOST_BYTES = 100 * 1024 * 1024;
/** Held at once; one whose sender went away makes room for the next. */
const MOST_UPLOADS = 3;

/** Ready messages that are too large for one call, while they come in pieces. They are nowhere but in memory. */
export interface SourceUploads {
  put(uploadId: string, offset: number, bytes: Uint8Array): Outcome<null>;
  /** All that came, and no longer held; null = nothing came under this name. */
  take(uploadId: string): Buffer | null;
}

export function createSourceUploads(): SourceUploads {
  const held = new Map<string, { pieces: Uint8Array[]; length: number }>();
  return {
    put: (uploadId, offset, bytes) => {
      const upload = held.get(uploadId) ?? { pieces: [], length: 0 };
      if (offset !== upload.length)
        return fail({
          kind: 'invalid',
          message: 'A piece of the message is missing.',
          hint: 'Send it again.',
        });
      if (offset + bytes.length > MOST_BYTES) {
        held.delete(uploadId);
        return fail({
          kind: 'limit',
          message: 'The message is too large.',
          hint: 'No server would take it.',
        });
      }
      upload.pieces.push(bytes);
      upload.length += bytes.length;
      held.set(uploadId, upload);
      for (const oldest of held.keys()) {
        if (held.size <= MOST_UPLOADS) break;
        held.delete(oldest);
      }
      return ok(null);
    },
    take: (uploadId) => {
      const upload = held.get(uploadId);
      held.delete(uploadId);
      return upload ? Buffer.concat(upload.pieces) : null;
    },
  };
}
