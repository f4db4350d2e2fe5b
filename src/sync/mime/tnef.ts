import { readCompressedRtf } from './compressed-rtf';
import { decodeText } from './decode-text';
import { Cursor, type MapiProperties, readMapiProperties } from './mapi-properties';
import { readRtf } from './rtf-text';

const SIGNATURE = 0x223e9f78;
/** Attributes of one file: a dozen for the message and five for each attachment. */
const MAX_ATTRIBUTES = 10_000;
export const MAX_TNEF_ATTACHMENTS = 500;
const MAX_NAME_CHARS = 255;

/** MS-OXTNEF 2.1.3.1 and MS-OXPROPS. */
const ATTRIBUTE = {
  subject: 0x18004,
  body: 0x2800c,
  attachTitle: 0x18010,
  attachData: 0x6800f,
  attachStart: 0x69002,
  properties: 0x69003,
  attachProperties: 0x69005,
  codePage: 0x69007,
} as const;
const PROPERTY = {
  subject: 0x37,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  data: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mediaType: 0x370e,
  htmlCodePage: 0x3fde,
} as const;
/** Before the bytes of an embedded object stands the id of its interface. */
const INTERFACE_ID_BYTES = 16;

export interface TnefAttachment {
  readonly filename: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

export interface TnefMessage {
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly TnefAttachment[];
}

/** Whether a part is Outlook's own envelope, by type or by its usual name. */
export function isTnef({ mediaType, filename }: { mediaType: string; filename: string }): boolean {
  return /^application\/(vnd\.)?ms-tnef$/i.test(mediaType) || /^winmail\.dat$/i.test(filename);
}

/**
 * What is inside a winmail.dat (MS-OXTNEF): as much as can be read before the file breaks off; null when it is none.
 * Content of attachments are views of the same bytes, so nothing grows but compressed text, which is bounded.
 */
export function readTnef(bytes: Uint8Array): TnefMessage | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = new Cursor(data);
  if (reader.u32() !== SIGNATURE) return null;
  reader.skip(2);
  let charset = 'windows-1252';
  let subject: Buffer | null = null;
  let body: Buffer | null = null;
  let properties: MapiProperties = new Map();
  const files: { title: Buffer | null; data: Buffer | null; properties: MapiProperties }[] = [];
  for (let count = 0; count < MAX_ATTRIBUTES && !reader.ended; count++) {
    reader.skip(1);
    const id = reader.u32();
    const value = reader.take(reader.u32());
    if (value === null) break;
    // A checksum, which forgers compute and mail programs get wrong.
    reader.skip(2);
    const file = files.at(-1);
    if (id === ATTRIBUTE.codePage) charset = codePage(value);
    else if (id === ATTRIBUTE.subject) subject = value;
    else if (id === ATTRIBUTE.body) body = value;
    else if (id === ATTRIBUTE.properties) properties = readMapiProperties(value);
    else if (id === ATTRIBUTE.attachStart) {
      if (files.length >= MAX_TNEF_ATTACHMENTS) break;
      files.push({ title: null, data: null, properties: new Map() });
    } else if (file !== undefined && id === ATTRIBUTE.attachTitle) file.title = value;
    else if (file !== undefined && id === ATTRIBUTE.attachData) file.data = value;
    else if (file !== undefined && id === ATTRIBUTE.attachProperties)
      file.properties = readMapiProperties(value);
  }
  const plain = (value: Buffer | null) => (value === null ? '' : decode(value, charset));
  const named = (id: number, from = properties) => propertyText(from, id, charset);
  const rich = richText(properties);
  const htmlCodePage = properties.get(PROPERTY.htmlCodePage)?.bytes;
  const htmlCharset = htmlCodePage === undefined ? charset : codePage(htmlCodePage);
  return {
    subject: named(PROPERTY.subject) || plain(subject),
    text: named(PROPERTY.body) || plain(body) || rich.text,
    html: propertyText(properties, PROPERTY.html, htmlCharset) || rich.html,
    attachments: files.flatMap((file): TnefAttachment[] => {
      const embedded = file.properties.get(PROPERTY.data)?.bytes.subarray(INTERFACE_ID_BYTES);
      const content = file.data ?? embedded;
      if (content === undefined) return [];
      const isMessage = content.length > 4 && content.readUInt32LE(0) === SIGNATURE;
      const name =
        named(PROPERTY.longFileName, file.properties) ||
        plain(file.title) ||
        named(PROPERTY.fileName, file.properties) ||
        named(PROPERTY.displayName, file.properties);
      return [
        {
          filename: (name || 'attachment').replace(/[\r\n\0]/g, '').slice(0, MAX_NAME_CHARS),
          mediaType: isMessage
            ? 'application/ms-tnef'
            : named(PROPERTY.mediaType, file.properties).toLowerCase().slice(0, MAX_NAME_CHARS) ||
              'application/octet-stream',
          content,
        },
      ];
    }),
  };
}

function richText(properties: MapiProperties): { text: string | null; html: string | null } {
  const packed = properties.get(PROPERTY.rtf)?.bytes;
  const rtf = packed === undefined ? null : readCompressedRtf(packed);
  return rtf === null ? { text: null, html: null } : readRtf(rtf);
}

function propertyText(properties: MapiProperties, id: number, charset: string): string {
  const value = properties.get(id);
  return value === undefined ? '' : decode(value.bytes, value.isUnicode ? 'utf-16le' : charset);
}

function decode(value: Buffer, charset: string): string {
  return decodeText(value, charset)
    .text.replace(/\0[\s\S]*$/, '')
    .replaceAll('\r\n', '\n');
}

function codePage(value: Buffer): string {
  const number = value.length >= 4 ? value.readUInt32LE(0) : 0;
  return number === 65_001 ? 'utf-8' : number === 0 ? 'windows-1252' : `windows-${number}`;
}
