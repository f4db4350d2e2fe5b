import type { Protection } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { type DecodedText, decodeText } from './decode-text';
import { drawnPictures } from './drawn-pictures';
import { unflow } from './flowed-text';
import { decodeHeaderText } from './header-values';
import { htmlToText } from './html-to-text';
import { MAX_TEXT_BYTES } from './limits';
import { type MimePart, readMimeTree, type TreeProblem } from './mime-tree';
import { headerFacts } from './parse-header-block';
import { partFilename } from './part-filename';
import { isEnvelopeNote, isSignature, protectionOf } from './protection';
import { textToHtml } from './text-to-html';
import { isTnef, readTnef } from './tnef';
import { decodeTransfer } from './transfer-decoding';

export interface ParsedAttachment {
  /** IMAP section number inside the message; '' for what was inside an envelope of Outlook's. */
  readonly section: string;
  readonly filename: string;
  readonly mediaType: string;
  readonly contentId: string | null;
  /** True for what belongs into the text (cid: images), false for what the list of attachments shows. */
  readonly inline: boolean;
  readonly content: Uint8Array;
}

export interface ParsedHeader {
  readonly name: string;
  /** As sent, unfolded, one character per byte. */
  readonly raw: string;
  readonly decoded: string;
}

export type ParseProblem = TreeProblem | 'empty' | 'text-truncated' | 'unreadable';

export interface ParsedMessage {
  /** In the order of the message. */
  readonly headers: readonly ParsedHeader[];
  readonly facts: HeaderFacts;
  /** Plain text body; null when the message has only HTML, or no text at all. */
  readonly text: string | null;
  readonly html: string | null;
  /** What the shown body was decoded with; null without a text part. */
  readonly charset: string | null;
  readonly attachments: readonly ParsedAttachment[];
  readonly protection: Protection;
  readonly truncated: boolean;
  readonly problems: readonly ParseProblem[];
}

/**
 * Stands between HTML parts. One comment where a part ended well; where it left an attribute, a comment or raw text
 * open, this closes it, so that no part can swallow the next into an address of its own.
 */
const SEAM = `<!--"'></style></title></textarea></script></xmp></iframe></noembed></noframes></noscript>--><hr>`;

interface Body {
  readonly text: string | null;
  readonly html: string | null;
}
const NO_BODY: Body = { text: null, html: null };
/** Attachments that are looked at for Outlook's envelope; it sends one. */
const MAX_ENVELOPES = 20;

/**
 * A whole message, or whatever it is instead: always something to show and never an exception (SYNC-060, APP-101).
 * Bounded by SYNC-350. Attachment contents are decoded; text of the wrong charset can be read again with `charset`.
 */
export function parseMessage(raw: Uint8Array, options: { readonly charset?: string } = {}): ParsedMessage {
  const { root, problems: treeProblems } = readMimeTree(raw);
  const problems = new Set<ParseProblem>(treeProblems);
  const attachments: ParsedAttachment[] = [];
  /** Sections that are files because their sender says so, even where the text shows them too. */
  const asFiles = new Set<string>();
  let charset: string | null = null;
  let textBytes = 0;

  function visit(part: MimePart, parent: MimePart | null, isFirst: boolean): Body {
    if (part.children.length > 0) return visitMultipart(part);
    const isText = part.type.value === 'text/plain' || part.type.value === 'text/html';
    const isResource = parent?.type.value === 'multipart/related' && !isFirst;
    if (!isText || part.disposition.value === 'attachment' || isResource) {
      if (!isSignature(part, parent)) attach(part, parent);
      return NO_BODY;
    }
    return read(part, parent);
  }

  function visitMultipart(part: MimePart): Body {
    const bodies = part.children.map((child, at) => visit(child, part, at === 0));
    if (part.type.value === 'multipart/alternative') {
      return {
        text: bodies.find((body) => body.text !== null)?.text ?? null,
        html: bodies.findLast((body) => body.html !== null)?.html ?? null,
      };
    }
    const shown = bodies.filter((body) => body.text !== null || body.html !== null);
    if (shown.length <= 1) return shown[0] ?? NO_BODY;
    return {
      text: shown.some((body) => body.text !== null)
        ? shown.map((body) => body.text ?? htmlToText(body.html ?? '')).join('\n\n')
        : null,
      html: shown.some((body) => body.html !== null)
        ? shown.map((body) => body.html ?? textToHtml(body.text ?? '')).join(SEAM)
        : null,
    };
  }

  function read(part: MimePart, parent: MimePart | null): Body {
    const bytes = decodeTransfer(part.body, part.encoding);
    const room = Math.max(0, MAX_TEXT_BYTES - textBytes);
    if (bytes.length > room) {
      problems.add('text-truncated');
      attach(part, parent);
    }
    textBytes += Math.min(bytes.length, room);
    const isHtml = part.type.value === 'text/html';
    const decoded = decodeBody(
      bytes.subarray(0, room),
      options.charset ?? part.type.parameters.get('charset') ?? null,
      isHtml,
    );
    charset ??= decoded.charset;
    if (isHtml) return { text: null, html: decoded.text };
    const flowed = part.type.parameters.get('format')?.toLowerCase() === 'flowed';
    const deleteSpace = part.type.parameters.get('delsp')?.toLowerCase() === 'yes';
    return {
      text: flowed ? unflow(decoded.text, deleteSpace) : decoded.text.replaceAll('\r\n', '\n'),
      html: null,
    };
  }

  /**
   * What Outlook wrapped into a winmail.dat is shown in its place (APP-101). The wrapper keeps its position, so that
   * positions mean the same with and without the content at hand, but leaves the list that people see.
   */
  function openEnvelopes(found: Body): Body {
    let opened = found;
    for (const [at, file] of attachments.slice(0, MAX_ENVELOPES).entries()) {
      const inside = isTnef(file) ? readTnef(file.content) : null;
      if (inside === null) continue;
      if (opened.text === null && opened.html === null) opened = { text: inside.text, html: inside.html };
      attachments[at] = { ...file, inline: true };
      attachments.push(
        ...inside.attachments.map((item) => ({ ...item, section: '', contentId: null, inline: false })),
      );
    }
    return opened;
  }

  function attach(part: MimePart, parent: MimePart | null): void {
    if (part.disposition.value === 'attachment') asFiles.add(part.section);
    attachments.push({
      section: part.section,
      filename: partFilename(part),
      mediaType: part.type.value,
      contentId: part.contentId,
      inline: isEnvelopeNote(part, parent),
      content: decodeTransfer(part.body, part.encoding),
    });
  }

  const found = visit(root, null, true);
  const drawn = drawnPictures(found.html, attachments);
  for (const [at, file] of attachments.entries())
    if (drawn.has(file) && !asFiles.has(file.section)) attachments[at] = { ...file, inline: true };
  const body = openEnvelopes(found);
  if (raw.length === 0) problems.add('empty');
  const facts = headerFacts(root.fields);
  if (facts.unreadable) problems.add('unreadable');
  return {
    headers: root.fields.map(({ name, value }) => ({
      name,
      raw: value.trim(),
      decoded: decodeHeaderText(value),
    })),
    facts,
    ...body,
    charset,
    attachments,
    protection: protectionOf(root, body.text),
    truncated: problems.has('text-truncated') || problems.has('too-many-parts') || problems.has('too-deep'),
    problems: [...problems],
  };
}

/** HTML may name its charset itself where the header is silent. */
function decodeBody(bytes: Uint8Array, declared: string | null, isHtml: boolean): DecodedText {
  if (declared || !isHtml) return withoutMark(decodeText(bytes, declared));
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2048)).toString('latin1');
  return withoutMark(
    decodeText(bytes, /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(head)?.[1] ?? null),
  );
}

function withoutMark({ text, charset }: DecodedText): DecodedText {
  return { text: text.replace(/^\ufeff/, ''), charset };
}
