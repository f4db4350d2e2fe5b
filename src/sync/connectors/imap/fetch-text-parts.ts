/** The text of a large message without its attachments, by body structure (SYNC-343). */
import type { Protection } from '../../../shared/domain';
import type { PackedBody } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import type { PackedTexts } from '../../ports/workbench';
import { atom, peek, peekFields } from './arguments';
import { isOwnText, readStructure, type StructurePart } from './body-structure';
import type { FetchRow } from './fetch-row';
import { fetchRowsTwice } from './fetch-rows';
import { TEXT_PART_BYTES } from './limits';
import { toPartFacts } from './part-facts';
import type { CommandResult, ImapSession } from './session';

/** The text parts of a message as messages of their own, and what is known without reading them. */
export interface TextParts extends Omit<PackedBody, keyof PackedTexts> {
  readonly parts: readonly Uint8Array[];
}

/** Null when the message is gone. `sections` narrows to parts chosen earlier; null takes all of the message's text. */
export async function fetchTextParts(
  session: ImapSession,
  uid: number,
  sections: readonly string[] | null,
): Promise<CommandResult<TextParts | null>> {
  const structure = await fetchStructure(session, uid);
  if (!structure.ok || !structure.value) return structure.ok ? ok(null) : structure;
  const parts = structure.value;
  const texts = parts.filter((part) => isOwnText(part) && (sections?.includes(part.section) ?? true));
  const sources: Uint8Array[] = [];
  for (const part of texts) {
    const source = await fetchPartAsMessage(session, uid, part);
    if (!source.ok) return source;
    if (source.value) sources.push(source.value);
  }
  return ok({
    parts: sources,
    truncated: texts.some((part) => part.bytes > TEXT_PART_BYTES),
    protection: protectionOf(parts),
    attachments: toPartFacts(parts).map((part) => ({ ...part, content: null })),
    source: null,
  });
}

/** Null when the message is gone. */
export async function fetchStructure(
  session: ImapSession,
  uid: number,
): Promise<CommandResult<StructurePart[] | null>> {
  const row = await fetchOne(session, uid, [atom('UID'), atom('BODYSTRUCTURE')]);
  return row.ok ? ok(row.value ? readStructure(row.value.bodyStructure) : null) : row;
}

export async function fetchOne(
  session: ImapSession,
  uid: number,
  items: Parameters<typeof fetchRowsTwice>[2],
): Promise<CommandResult<FetchRow | null>> {
  let found: FetchRow | null = null;
  const reply = await fetchRowsTwice(session, [[uid, uid]], items, (row) => {
    found = row;
  });
  return reply.ok ? ok(found) : reply;
}

/** The part with its own header in front: exactly a message for the parser. */
async function fetchPartAsMessage(
  session: ImapSession,
  uid: number,
  part: StructurePart,
): Promise<CommandResult<Uint8Array | null>> {
  // A message without multipart has no part header; its own one says the same.
  const alone = part.parentType === '';
  const header = alone
    ? peekFields(['CONTENT-TYPE', 'CONTENT-TRANSFER-ENCODING'])
    : peek(`${part.section}.MIME`);
  const body = peek(part.section, { from: 0, length: TEXT_PART_BYTES });
  const row = await fetchOne(session, uid, [atom('UID'), header, body]);
  if (!row.ok || !row.value) return row.ok ? ok(null) : row;
  const { sections } = row.value;
  const head = sections.get(alone ? 'HEADER.FIELDS' : `${part.section}.MIME`);
  return ok(Buffer.concat([head ?? Buffer.from('\r\n'), sections.get(part.section) ?? new Uint8Array()]));
}

function protectionOf(parts: readonly StructurePart[]): Protection {
  const types = parts.map((part) => part.mediaType);
  if (
    types.some((type) => type === 'application/pgp-encrypted' || /^application\/(x-)?pkcs7-mime$/.test(type))
  )
    return 'encrypted';
  return parts.some((part) => part.parentType === 'multipart/signed') ? 'signed' : 'none';
}
