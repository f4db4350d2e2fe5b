/** Reply and forward marks of mail programs in the languages they speak (SYNC-324); lower case, without the colon. */
const PREFIXES = [
  're',
  'fw',
  'fwd',
  'aw',
  'antw',
  'antwort',
  'wg',
  'sv',
  'vs',
  'vl',
  'vb',
  'ref',
  'rif',
  'r',
  'i',
  'odp',
  'pd',
  'res',
  'enc',
  'rv',
  'tr',
  'ynt',
  'ilt',
  'doorst',
  'bls',
  'trs',
  'vá',
  'továbbítás',
  'ha',
  'atb',
  'ответ',
  'отв',
  'переслано',
  'απ',
  'προθ',
  'σχετ',
  'πρθ',
  '回复',
  '回覆',
  '转发',
  '轉寄',
  '答复',
  '返信',
  '転送',
  '답장',
  '전달',
  'رد',
  'إعادة توجيه',
  'תשובה',
  'הועבר',
];
const PREFIX = new RegExp(
  `^(?:${PREFIXES.join('|')})\\s*(?:\\[\\d+\\]|\\(\\d+\\)|\\^\\d+|\\d+)?\\s*[:：]\\s*`,
  'iu',
);
const TAG = /^\[[^[\]]{1,80}\]\s*/u;
const TRAILER = /\s*\((?:fwd|fw)\)\s*$/iu;
const WRAPPED = /^\[\s*(?:fwd|fw)\s*:\s*(.*)\]$/iu;
/** Subjects are compared up to here. */
const MAX_SUBJECT = 2000;

export interface BaseSubject {
  /** Lower case, single spaces, without prefixes and list tags; '' when nothing is left. */
  readonly base: string;
  /** True when a reply or forward mark was removed. */
  readonly isReply: boolean;
}

/** RFC 5256 section 2.1, with the prefixes of other languages. Always ends: each turn removes something. */
export function baseSubject(subject: string): BaseSubject {
  let rest = subject.slice(0, MAX_SUBJECT).normalize('NFC').replace(/\s+/g, ' ').trim();
  let isReply = false;
  for (;;) {
    const before = rest;
    rest = rest.replace(TRAILER, '');
    const withoutTag = rest.replace(TAG, '');
    // A subject that is nothing but a tag keeps it.
    if (withoutTag !== '') rest = withoutTag;
    const withoutPrefix = rest.replace(PREFIX, '').replace(WRAPPED, '$1').trim();
    if (withoutPrefix !== rest) isReply = true;
    rest = withoutPrefix;
    if (rest === before) return { base: rest.toLowerCase(), isReply };
  }
}
