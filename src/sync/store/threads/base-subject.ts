import { FORWARD_WORDS, REPLY_WORDS } from '../../../shared/subject-prefixes';

const words = [...new Set([...REPLY_WORDS, ...FORWARD_WORDS])].sort((a, b) => b.length - a.length).join('|');
const PREFIX = new RegExp(`^(${words})\\s*(?:\\[[0-9]{1,3}\\]|\\([0-9]{1,3}\\))?\\s*[:：]\\s*`, 'iu');
const TAG = /^\[[^[\]]{1,60}\]\s*/;
const FORWARD_TAIL = /\s*\(fwd?\)$/i;
/** Subjects are compared over this many characters; servers cut longer ones differently. */
const COMPARED_CHARACTERS = 100;

export interface BaseSubject {
  /** Without reply and forward prefixes, list tags, surplus space and case (RFC 5256 2.1, SYNC-324). */
  readonly base: string;
  /** True when it began as an answer ("Re:", "AW:" …). */
  readonly reply: boolean;
}

const REPLIES = new Set(REPLY_WORDS);

/** The part of a subject that all messages of a conversation share. */
export function baseSubject(subject: string): BaseSubject {
  let rest = subject.replace(/\s+/g, ' ').trim();
  let reply = false;
  for (let tagsLeft = 10; tagsLeft > 0; tagsLeft--) {
    const prefix = PREFIX.exec(rest);
    if (prefix) {
      if (REPLIES.has((prefix[1] as string).toLowerCase())) reply = true;
      rest = rest.slice(prefix[0].length);
      continue;
    }
    const tag = TAG.exec(rest);
    // "[important]" alone is a subject, not a tag.
    if (!tag || tag[0].length === rest.length) break;
    rest = rest.slice(tag[0].length);
  }
  return { base: rest.replace(FORWARD_TAIL, '').toLowerCase().slice(0, COMPARED_CHARACTERS).trim(), reply };
}
