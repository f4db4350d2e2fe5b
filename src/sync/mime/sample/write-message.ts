import type { Person } from '../../../shared/domain';

export interface Leaf {
  readonly type: string;
  readonly content: Buffer;
  readonly encoding: '7bit' | '8bit' | 'base64' | 'quoted-printable';
  readonly headers?: readonly string[];
}
export interface Multi {
  readonly type: string;
  readonly parts: readonly Part[];
}
export type Part = Leaf | Multi;

export interface Envelope {
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc?: readonly Person[];
  readonly subject: string;
  /** Milliseconds UTC. */
  readonly date: number;
  /** Minutes east of Greenwich, as the sender's clock shows. */
  readonly zone?: number;
  readonly messageId: string;
  readonly references?: readonly string[];
  readonly extra?: readonly string[];
}

/** An RFC 5322 message with CRLF line ends. Boundaries follow from the Message-ID. */
export function writeMessage(envelope: Envelope, body: Part): Buffer {
  const references = envelope.references ?? [];
  const headers = [
    ...(envelope.extra ?? []),
    `From: ${mailbox(envelope.from)}`,
    `To: ${envelope.to.map(mailbox).join(',\r\n\t')}`,
    ...(envelope.cc && envelope.cc.length > 0 ? [`Cc: ${envelope.cc.map(mailbox).join(',\r\n\t')}`] : []),
    `Subject: ${encodeWords(envelope.subject)}`,
    `Date: ${formatDate(envelope.date, envelope.zone ?? 0)}`,
    `Message-ID: <${envelope.messageId}>`,
    ...(references.length > 0
      ? [
          `In-Reply-To: <${references.at(-1)}>`,
          `References: ${references.map((id) => `<${id}>`).join('\r\n ')}`,
        ]
      : []),
    'MIME-Version: 1.0',
  ];
  return Buffer.concat([Buffer.from(`${headers.join('\r\n')}\r\n`), ...write(body, envelope.messageId, '0')]);
}

export function plainText(text: string): Leaf {
  return textLeaf('text/plain', text);
}

export function htmlText(html: string): Leaf {
  return textLeaf('text/html', html);
}

/** A text part in the charset given ('utf-8', or 'latin1' for iso-8859-1), in the encoding its bytes ask for. */
export function textLeaf(type: string, text: string, charset: 'utf-8' | 'latin1' = 'utf-8'): Leaf {
  const content = Buffer.from(text.replace(/\r?\n/g, '\r\n'), charset);
  const high = content.reduce((count, byte) => count + (byte > 127 ? 1 : 0), 0);
  const long = /[^\n]{900}/.test(text);
  const encoding = high === 0 && !long ? '7bit' : high * 3 > content.length ? 'base64' : 'quoted-printable';
  return { type: `${type}; charset=${charset === 'latin1' ? 'iso-8859-1' : 'utf-8'}`, content, encoding };
}

export function attachment(filename: string, type: string, content: Buffer): Leaf {
  const ascii = /^[ -~]*$/.test(filename);
  const name = ascii ? `filename="${filename}"` : `filename*=utf-8''${encodeURIComponent(filename)}`;
  return { type, content, encoding: 'base64', headers: [`Content-Disposition: attachment; ${name}`] };
}

export function inlineImage(contentId: string, content: Buffer): Leaf {
  return {
    type: 'image/png; name="image.png"',
    content,
    encoding: 'base64',
    headers: [`Content-ID: <${contentId}>`, 'Content-Disposition: inline; filename="image.png"'],
  };
}

export function multi(subtype: 'alternative' | 'mixed' | 'related', ...parts: readonly Part[]): Multi {
  return { type: `multipart/${subtype}`, parts };
}

function write(part: Part, seed: string, path: string): Buffer<ArrayBufferLike>[] {
  if ('content' in part) {
    const headers = [
      `Content-Type: ${part.type}`,
      `Content-Transfer-Encoding: ${part.encoding}`,
      ...(part.headers ?? []),
    ];
    return [Buffer.from(`${headers.join('\r\n')}\r\n\r\n`), encode(part)];
  }
  const boundary = `=_${path}_${seed.replace(/[^A-Za-z0-9]/g, '').slice(0, 40)}`;
  const out: Buffer<ArrayBufferLike>[] = [
    Buffer.from(`Content-Type: ${part.type};\r\n\tboundary="${boundary}"\r\n\r\n`),
  ];
  for (const [at, child] of part.parts.entries()) {
    out.push(Buffer.from(`--${boundary}\r\n`), ...write(child, seed, `${path}.${at}`), Buffer.from('\r\n'));
  }
  out.push(Buffer.from(`--${boundary}--\r\n`));
  return out;
}

function encode({ content, encoding }: Leaf): Buffer<ArrayBufferLike> {
  if (encoding === 'base64')
    return Buffer.from(content.toString('base64').replace(/.{76}/g, '$&\r\n'), 'latin1');
  return encoding === 'quoted-printable' ? quotedPrintable(content) : content;
}

function quotedPrintable(content: Buffer): Buffer {
  let out = '';
  let line = 0;
  for (let at = 0; at < content.length; at++) {
    const byte = content[at] ?? 0;
    if (byte === 13 && content[at + 1] === 10) {
      out += '\r\n';
      line = 0;
      at++;
      continue;
    }
    const endsLine = content[at + 1] === 13;
    const plain = (byte > 32 && byte < 127 && byte !== 61) || (byte === 32 && !endsLine);
    const text = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (line + text.length > 75) {
      out += '=\r\n';
      line = 0;
    }
    out += text;
    line += text.length;
  }
  return Buffer.from(out, 'latin1');
}

function mailbox({ name, address }: Person): string {
  if (name === '') return address;
  if (!/^[ -~]*$/.test(name)) return `${encodeWords(name)} <${address}>`;
  return `${/^[\w .-]*$/.test(name) && !name.includes('.') ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}

function encodeWords(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  const pieces = text.match(/.{1,14}/gsu) ?? [];
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ');
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function formatDate(time: number, zone: number): string {
  const local = new Date(time + zone * 60_000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const clock = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  const offset = `${zone < 0 ? '-' : '+'}${two(Math.abs(zone) / 60)}${two(Math.abs(zone) % 60)}`;
  return `${DAYS[local.getUTCDay()]}, ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()} ${clock} ${offset}`;
}
