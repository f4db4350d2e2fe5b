import { createHash } from 'node:crypto';
import type { BodyFacts, Packed, PackedBlob, PackedBody } from '../../shared/observation';
import { compress } from './compression';

/** Everything of storing a body that needs no database: it can be done in any thread (SYNC-395). Pure. */
export function packBody(body: BodyFacts): PackedBody {
  return {
    ...body,
    text: packText(body.text),
    html: packText(body.html),
    source: body.source && packBlob(body.source),
    attachments: body.attachments.map((part) => ({
      ...part,
      content: part.content && packBlob(part.content),
    })),
  };
}

export function packText(text: string | null): Packed | null {
  return text === null ? null : compress(Buffer.from(text, 'utf8'));
}

/** Content with its name, the SHA-256 of what it is unpacked (SYNC-340). */
export function packBlob(content: Uint8Array): PackedBlob {
  const hash = createHash('sha256').update(content).digest('hex');
  return { ...compress(content), hash, size: content.length };
}
