import { create } from 'zustand';
import { ATTACHMENT_CHUNK_BYTES } from '../../shared/contract/compose-views';
import { showFailure } from '../feedback/undo';
import { composeStrings } from '../strings/compose';
import { call } from '../transport/call';
import type { DraftSession } from './draft-session';
import { keepPicture } from './pictures';

/** Bytes of each attachment that have arrived, while it is on its way. */
export const useUploads = create<{ readonly sent: ReadonlyMap<number, number> }>()(() => ({
  sent: new Map(),
}));

function progress(id: number, bytes: number | null): void {
  const sent = new Map(useUploads.getState().sent);
  if (bytes === null) sent.delete(id);
  else sent.set(id, bytes);
  useUploads.setState({ sent });
}

/** Asks for files of the computer. */
export function pickFiles(take: (files: readonly File[]) => void, accept = ''): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = accept;
  input.addEventListener('change', () => take([...(input.files ?? [])]), { once: true });
  input.click();
}

/**
 * Attaches files piece by piece (APP-127); with `show` they are pictures of the text, named to it as soon as they are.
 * A file that cannot be read, or that the engine refuses, is taken out again and said.
 */
export async function attachFiles(
  session: DraftSession,
  files: readonly File[],
  show?: (contentId: string, name: string) => void,
): Promise<void> {
  for (const file of files) await attach(session, file, show);
}

async function attach(
  session: DraftSession,
  file: File,
  show?: (contentId: string, name: string) => void,
): Promise<void> {
  const begun = await call('drafts.attach', {
    draftId: session.id,
    filename: file.name.slice(0, 255) || composeStrings.unnamedFile,
    mediaType: file.type || 'application/octet-stream',
    size: file.size,
    inline: show !== undefined,
  });
  if (!begun.ok) {
    showFailure(composeStrings.notAttached(file.name), begun.failure);
    return;
  }
  const { id, contentId } = begun.value;
  if (show && contentId !== null) {
    keepPicture(contentId, URL.createObjectURL(file));
    show(contentId, file.name);
  }
  progress(id, 0);
  try {
    for (let offset = 0; offset < file.size; offset += ATTACHMENT_CHUNK_BYTES) {
      const piece = await file.slice(offset, offset + ATTACHMENT_CHUNK_BYTES).arrayBuffer();
      const put = await call('drafts.putBytes', { attachmentId: id, offset, base64: toBase64(piece) });
      if (!put.ok) {
        showFailure(composeStrings.notAttached(file.name), put.failure);
        void call('drafts.detach', { attachmentId: id });
        return;
      }
      progress(id, Math.min(file.size, offset + ATTACHMENT_CHUNK_BYTES));
    }
  } catch {
    // The file went away or is a folder.
    showFailure(composeStrings.notAttached(file.name), {
      kind: 'invalid',
      message: composeStrings.unreadableFile,
    });
    void call('drafts.detach', { attachmentId: id });
  } finally {
    progress(id, null);
  }
}

/** Pieces of this many bytes become text at a time: more arguments than this overflow the stack. */
const STRING_PIECE = 0x8000;

function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let binary = '';
  for (let at = 0; at < bytes.length; at += STRING_PIECE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + STRING_PIECE));
  }
  return btoa(binary);
}
