/** Replies of an SMTP server (RFC 5321 section 4.2): three digits, lines, and an enhanced code where there is one. */
import { MAX_LINE_BYTES, MAX_REPLY_LINES, MAX_SERVER_TEXT } from './limits';

export interface Reply {
  /** 200 to 599. */
  readonly code: number;
  /** RFC 3463, as in '5.1.1'; null without one. */
  readonly enhanced: string | null;
  /** Without codes, one per line. */
  readonly lines: readonly string[];
  /** All lines in one, bounded, no control characters: fit to be stored and shown. */
  readonly text: string;
}

/** The server broke the grammar, or a bound. */
export class BrokenReply extends Error {}

export interface ReplyReader {
  /** Replies that are complete with these bytes, in order. Throws BrokenReply. */
  push(bytes: Buffer): Reply[];
  /** Something was received that is no whole reply yet. */
  readonly pending: boolean;
}

export function createReplyReader(): ReplyReader {
  let rest = '';
  let lines: string[] = [];
  return {
    get pending() {
      return rest !== '' || lines.length > 0;
    },
    push: (bytes) => {
      const replies: Reply[] = [];
      rest += bytes.toString('latin1');
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const line = rest.slice(0, end).replace(/\r$/, '');
        rest = rest.slice(end + 1);
        if (line.length > MAX_LINE_BYTES || lines.length >= MAX_REPLY_LINES)
          throw new BrokenReply('too long');
        if (!/^[2-5]\d\d(?:[ -]|$)/.test(line)) throw new BrokenReply('no reply');
        lines.push(line);
        if (line[3] === '-') continue;
        replies.push(toReply(lines));
        lines = [];
      }
      if (rest.length > MAX_LINE_BYTES) throw new BrokenReply('too long');
      return replies;
    },
  };
}

const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/;

function toReply(raw: readonly string[]): Reply {
  const texts = raw.map((line) => readable(line.slice(4)));
  const enhanced = ENHANCED.exec(texts.at(-1) ?? '')?.[1] ?? ENHANCED.exec(texts[0] ?? '')?.[1] ?? null;
  const lines = texts.map((text) => text.replace(ENHANCED, ''));
  return {
    code: Number(raw.at(-1)?.slice(0, 3)),
    enhanced,
    lines,
    text: lines.join(' ').trim().slice(0, MAX_SERVER_TEXT),
  };
}

/** Bytes are UTF-8 where they are that. */
function readable(latin1: string): string {
  const utf8 = Buffer.from(latin1, 'latin1').toString('utf8');
  return (utf8.includes('\uFFFD') ? latin1 : utf8).replace(/\p{Cc}+/gu, ' ');
}
