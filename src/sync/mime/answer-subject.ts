import { FORWARD_WORDS, REPLY_WORDS } from '../../shared/subject-prefixes';

/** These also begin subjects that are no answers ("Ref: 4711"): taking them away would lose something. */
const AMBIGUOUS = new Set(['ref', 'rif', 'i', 'r']);
const TAG = /^(\[[^[\]]{1,60}\])\s*/;

const REPLY = prefixOf(REPLY_WORDS);
const FORWARD = prefixOf(FORWARD_WORDS);

/** The subject of an answer or of what is passed on: one prefix, whatever language the earlier ones were in. */
export function answerSubject(kind: 'reply' | 'forward', subject: string): string {
  const prefix = kind === 'reply' ? REPLY : FORWARD;
  const line = subject.replace(/\s+/g, ' ').trim();
  // "[list] Re: Topic" is an answer too.
  const tag = TAG.exec(line);
  const behind = tag ? line.slice(tag[0].length) : line;
  const inner = without(behind, prefix);
  const rest = tag && inner !== behind ? `${tag[1]} ${inner}` : without(line, prefix);
  return `${kind === 'reply' ? 'Re' : 'Fwd'}: ${rest}`.trim();
}

function without(line: string, prefix: RegExp): string {
  let rest = line;
  for (let left = 20; left > 0; left--) {
    const found = prefix.exec(rest);
    if (!found) break;
    rest = rest.slice(found[0].length);
  }
  return rest;
}

function prefixOf(words: readonly string[]): RegExp {
  const certain = words.filter((word) => !AMBIGUOUS.has(word)).sort((a, b) => b.length - a.length);
  return new RegExp(`^(?:${certain.join('|')})\\s*(?:\\[\\d{1,3}\\]|\\(\\d{1,3}\\))?\\s*[:：]\\s*`, 'iu');
}
