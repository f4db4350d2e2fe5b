import type { Person } from '../../../shared/domain';
import type { HeaderFacts } from '../../../shared/observation';
import type { BodyRecord } from '../read/bodies';
import type { DocParts, DocText } from './docs';
import { fold, termsOf } from './words';

/**
 * More of a message is not indexed, so that one of them never takes longer than a turn (SYNC-371): some 15,000 words.
 * UTF-16 units.
 */
export const MAX_INDEXED = 100_000;
/** The same for one header: nobody looks for the ten-thousandth recipient. */
const MAX_HEADER = 20_000;

/** Readable text of a stored body: handed in, because the store knows nothing of HTML. At most `maxLength` is needed. */
export type ReadableText = (body: Pick<BodyRecord, 'text' | 'html'>, maxLength: number) => string;

export interface MessageFacts {
  readonly subject: string;
  readonly headers: HeaderFacts;
  readonly files: readonly string[];
  /** Null while it is not on this computer. */
  readonly body: string | null;
}

/** What both indexes are given of a message. An address counts as the words between its dots and signs (SYNC-366). */
export function textsOf({ subject, headers, files, body }: MessageFacts): {
  words: DocText;
  parts: DocParts;
} {
  const raw = {
    subject: subject.slice(0, MAX_HEADER),
    author: people([...headers.from, ...headers.sender]),
    addressee: people(headers.to),
    copied: people(headers.cc),
    blind: people(headers.bcc),
    files: files.join('\n').slice(0, MAX_HEADER),
  };
  return {
    words: {
      subject: words(raw.subject),
      author: words(raw.author),
      addressee: words(raw.addressee),
      copied: words(raw.copied),
      blind: words(raw.blind),
      files: words(raw.files),
      body: words((body ?? '').slice(0, MAX_INDEXED)),
      list: words(headers.listId ?? ''),
    },
    parts: {
      subject: fold(raw.subject),
      author: fold(raw.author),
      addressee: fold(raw.addressee),
      copied: fold(raw.copied),
      blind: fold(raw.blind),
      files: fold(raw.files),
    },
  };
}

function words(text: string): string {
  return termsOf(text).join(' ');
}

function people(persons: readonly Person[]): string {
  return persons
    .map(({ name, address }) => `${name} ${address}`)
    .join('\n')
    .slice(0, MAX_HEADER);
}
