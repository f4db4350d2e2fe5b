import { MAX_BODY_CHARS, MAX_RECIPIENTS } from '../../shared/contract/compose-views';
import type { Person } from '../../shared/domain';

/** What a `mailto:` link may begin a message with; attachments and other headers are ignored (APP-139, RFC 6068). */
export interface Mailto {
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly subject: string;
  readonly body: string;
  /** With angle brackets. */
  readonly inReplyTo: string | null;
}

const LONGEST_SUBJECT = 2_000;

/** Null when it is no `mailto:` at all; a part that cannot be decoded is left as it is. */
export function parseMailto(link: string): Mailto | null {
  const match = /^mailto:([^?#]*)(?:\?([^#]*))?/i.exec(link.trim());
  if (!match) return null;
  const fields = new Map<string, string[]>();
  for (const pair of (match[2] ?? '').split('&')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const name = decode(pair.slice(0, at)).toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), decode(pair.slice(at + 1))]);
  }
  const people = (...lists: readonly string[]): Person[] =>
    lists
      .flatMap((list) => list.split(','))
      .map((address) => ({ name: '', address: decode(address).trim() }))
      .filter(({ address }) => address !== '')
      .slice(0, MAX_RECIPIENTS);
  // A line end in a header would begin another one.
  const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
  const answered = oneLine(fields.get('in-reply-to')?.[0] ?? '').trim();
  return {
    to: people(match[1] ?? '', ...(fields.get('to') ?? [])),
    cc: people(...(fields.get('cc') ?? [])),
    bcc: people(...(fields.get('bcc') ?? [])),
    subject: oneLine(fields.get('subject')?.[0] ?? '').slice(0, LONGEST_SUBJECT),
    body: (fields.get('body') ?? []).join('\n').replace(/\r\n?/g, '\n').slice(0, MAX_BODY_CHARS),
    inReplyTo: /^<[^<>\s]{1,900}>$/.test(answered) ? answered : null,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
