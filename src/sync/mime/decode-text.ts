import { isAscii, isUtf8 } from 'node:buffer';

export interface DecodedText {
  readonly text: string;
  /** The encoding that was used, as TextDecoder names it. */
  readonly charset: string;
}

/** Labels of mail programs that the Encoding Standard does not know. */
const ALIASES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gb18030',
  cp949: 'euc-kr',
  cp950: 'big5',
  'x-windows-949': 'euc-kr',
  'ks_c_5601-1992': 'euc-kr',
  utf8mb4: 'utf-8',
  utf7: '',
  'utf-7': '',
  'iso-8859-1-windows-3.1-latin-1': 'windows-1252',
  'cp-1252': 'windows-1252',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
};
/** gb18030 reads everything the smaller two read, and the characters their users send anyway. */
const WIDER: Readonly<Record<string, string>> = { gbk: 'gb18030' };
/** Labels that mean "I did not think about it"; eight-bit bytes under them are sniffed. */
const VAGUE = /^(us-ascii|ascii|ansi_x3\.4-1968|unknown(-8bit)?|x-unknown|default|8bit|7bit)?$/;
/** Bytes looked at when guessing. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * Bytes to text: declared charset, then byte order mark, then a guess (SYNC-349). Never throws; what cannot be read
 * becomes U+FFFD. The caller keeps the bytes, so that the user can pick another charset.
 */
export function decodeText(bytes: Uint8Array, declared: string | null): DecodedText {
  const label = (declared ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  if (isAscii(bytes) && !/^(utf-?(16|32)|iso-2022|hz-gb)/.test(label)) {
    return { text: latin1(bytes), charset: 'utf-8' };
  }
  const known = VAGUE.test(label) ? null : decoderFor(label);
  if (known) return { text: known.decode(bytes), charset: known.encoding };
  const charset = byteOrderMark(bytes) ?? sniffCharset(bytes);
  return { text: decodeAs(bytes, charset), charset };
}

function decodeAs(bytes: Uint8Array, charset: string): string {
  return new TextDecoder(charset).decode(bytes);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

type Decoder = InstanceType<typeof TextDecoder>;
const decoders = new Map<string, Decoder | null>();
/** Labels come from strangers: the cache must not grow with them. */
const MAX_CACHED_LABELS = 200;

function decoderFor(label: string): Decoder | null {
  const cached = decoders.get(label);
  if (cached !== undefined) return cached;
  let decoder: Decoder | null = null;
  for (const candidate of [label, ALIASES[label] ?? '', label.replace(/^(x-|cs)/, '')]) {
    if (candidate === '' || decoder) continue;
    try {
      decoder = new TextDecoder(candidate);
    } catch {
      // Not a label of this runtime: try the next spelling.
    }
  }
  if (decoder && WIDER[decoder.encoding]) decoder = new TextDecoder(WIDER[decoder.encoding]);
  if (decoders.size < MAX_CACHED_LABELS) decoders.set(label, decoder);
  return decoder;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-8 if it is valid; else by how the high bytes stand and what the candidates make of them. */
function sniffCharset(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return 'utf-8';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  // In Western text high bytes stand alone between ASCII letters; in East Asian text they come in rows.
  if (loneShare(sample) > 0.5) return 'windows-1252';
  const shareOf = (charset: string, wanted: RegExp) => {
    const text = decodeStrictly(sample, charset);
    if (text === null) return 0;
    const letters = text.replace(/[\p{ASCII}\u3000-\u303f\uff00-\uff60]/gu, '');
    return letters === '' ? 0 : (letters.match(wanted)?.length ?? 0) / letters.length;
  };
  if (shareOf('shift_jis', /[\u3040-\u30ff]/g) > 0.15 && shareOf('shift_jis', /[\uff61-\uff9f]/g) < 0.3) {
    return 'shift_jis';
  }
  if (shareOf('euc-kr', /[\uac00-\ud7a3]/g) > 0.9) return 'euc-kr';
  if (shareOf('gb18030', /[\u4e00-\u9fff]/g) > 0.5) return 'gb18030';
  return 'windows-1252';
}

function loneShare(bytes: Uint8Array): number {
  let high = 0;
  let lone = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    high++;
    if ((bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80) lone++;
  }
  return high === 0 ? 1 : lone / high;
}

function decodeStrictly(bytes: Uint8Array, charset: string): string | null {
  try {
    // `stream` forgives a character cut in half by the end of the sample.
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}
