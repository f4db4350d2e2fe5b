/** The parts of a message of ours: text, HTML with its pictures, files (RFC 2045 to 2049, 2387, 3676). */
import MimeNode, { type MimeNodeOptions } from 'nodemailer/lib/mime-node';
import { flow } from './flowed-text';

export interface MessageBody {
  readonly text: string;
  /** Whole and cleaned by `outgoing-html`; null = plain text only, sent as format=flowed. */
  readonly html: string | null;
  readonly attachments: readonly {
    readonly filename: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
    /** Without angle brackets; null = beside the text. */
    readonly contentId: string | null;
  }[];
}

/** The tree of a message whose header is still to be written. */
export function bodyTree(input: MessageBody, options: MimeNodeOptions): MimeNode {
  const inline = input.html === null ? [] : input.attachments.filter(({ contentId }) => contentId !== null);
  const beside = input.attachments.filter((attachment) => !inline.includes(attachment));
  const under = (parent: MimeNode | null, type: string): MimeNode =>
    parent ? parent.createChild(type) : new MimeNode(type, options);

  function body(parent: MimeNode | null): MimeNode {
    if (input.html === null)
      return under(parent, 'text/plain; charset=utf-8; format=flowed').setContent(flow(input.text));
    const alternative = under(parent, 'multipart/alternative');
    alternative.createChild('text/plain; charset=utf-8; format=flowed').setContent(flow(input.text));
    const related =
      inline.length === 0 ? alternative : alternative.createChild('multipart/related; type="text/html"');
    related.createChild('text/html; charset=utf-8').setContent(input.html.replace(/\r\n?/g, '\n'));
    for (const attachment of inline) attach(related, attachment);
    return alternative;
  }

  if (beside.length === 0) return body(null);
  const mixed = new MimeNode('multipart/mixed', options);
  body(mixed);
  for (const attachment of beside) attach(mixed, attachment);
  return mixed;
}

const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i;
const FALLBACK_TYPE = 'application/octet-stream';

function attach(
  parent: MimeNode,
  { filename, mediaType, bytes, contentId }: MessageBody['attachments'][number],
): void {
  const declared = TYPE.test(mediaType) ? mediaType.toLowerCase() : FALLBACK_TYPE;
  const composite = /^(multipart|message)\//.test(declared);
  const asIs = declared === 'message/rfc822' && travelsAsIs(bytes);
  const node = parent.createChild(composite && !asIs ? FALLBACK_TYPE : declared, { filename });
  const name = contentId?.replace(/[<>\s]/g, '');
  node.setHeader('Content-Disposition', name ? 'inline' : 'attachment');
  if (name) node.setHeader('Content-ID', `<${name}>`);
  if (!asIs) node.setHeader('Content-Transfer-Encoding', 'base64');
  node.setContent(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/**
 * A message inside a message may not be encoded (RFC 2046 section 5.2.1), so only one that fits 7 bit and 998 octets
 * travels as one; any other goes as a file.
 */
function travelsAsIs(bytes: Uint8Array): boolean {
  let line = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0 || byte > 127 || (byte === 13 && bytes[at + 1] !== 10)) return false;
    line = byte === 10 ? 0 : line + 1;
    if (line > 998) return false;
  }
  return bytes.length > 0;
}
