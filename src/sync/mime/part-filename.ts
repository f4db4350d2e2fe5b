import type { MimePart } from './mime-tree';
import { parseHeaderBlock } from './parse-header-block';
import { decodeTransfer } from './transfer-decoding';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/plain': '.txt',
  'text/html': '.html',
  'text/calendar': '.ics',
  'text/vcard': '.vcf',
  'text/x-vcard': '.vcf',
  'text/csv': '.csv',
  'application/pdf': '.pdf',
  'application/zip': '.zip',
  'application/ics': '.ics',
  'application/pgp-encrypted': '.asc',
  'application/pkcs7-mime': '.p7m',
  'application/ms-tnef': '.dat',
  'image/jpeg': '.jpg',
  'image/svg+xml': '.svg',
};
const MAX_FILENAME = 255;

/** The name a part is shown under: its own, else one made from its type; an attached message is named by its subject. */
export function partFilename(part: MimePart): string {
  const given = part.disposition.parameters.get('filename') ?? part.type.parameters.get('name') ?? '';
  const name = given
    .replace(/[\r\n\0]/g, '')
    .trim()
    .slice(0, MAX_FILENAME);
  if (name !== '') return name;
  if (part.type.value === 'message/rfc822') {
    const { subject } = parseHeaderBlock(decodeTransfer(part.body, part.encoding));
    return `${subject.slice(0, 100) || 'message'}.eml`;
  }
  const [kind = '', subtype = ''] = part.type.value.split('/');
  const extension = EXTENSIONS[part.type.value] ?? extensionOfKind(kind, subtype);
  return `${kind === 'image' ? 'image' : 'attachment'}${extension}`;
}

/** Of what nothing is known nothing is promised: an ending of ours must not make a program of it (APP-090). */
function extensionOfKind(kind: string, subtype: string): string {
  if (kind === 'text' || kind === 'message') return '.txt';
  return /^(image|audio|video)$/.test(kind) ? `.${subtype.replace(/^x-/, '')}` : '';
}
