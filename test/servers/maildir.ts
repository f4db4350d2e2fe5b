import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MaildirMessage {
  readonly raw: Uint8Array;
  /** IMAP flags of the system: '\\Seen', '\\Flagged', '\\Answered', '\\Draft'. */
  readonly flags: readonly string[];
  /** Milliseconds UTC; becomes INTERNALDATE. */
  readonly date: number;
}

const LETTERS: Readonly<Record<string, string>> = {
  '\\Draft': 'D',
  '\\Flagged': 'F',
  '\\Answered': 'R',
  '\\Seen': 'S',
  '\\Deleted': 'T',
};

/** Writes messages as files; thousands take a second, against minutes by APPEND. */
export function fillMaildir(directory: string, messages: Iterable<MaildirMessage>): void {
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(directory, folder), { recursive: true });
  let number = 0;
  for (const { raw, flags, date } of messages) {
    number += 1;
    const seconds = Math.floor(date / 1000);
    const letters = flags
      .map((flag) => LETTERS[flag] ?? '')
      .sort()
      .join('');
    // Sizes as Dovecot itself writes them: without, it reads every file to say how large a mailbox is.
    const sizes = `S=${raw.length},W=${raw.length + bareLineFeeds(raw)}`;
    const name = `${seconds}.M${String(number).padStart(7, '0')}.homeport,${sizes}:2,${letters}`;
    const path = join(directory, 'cur', name);
    writeFileSync(path, raw);
    utimesSync(path, seconds, seconds);
  }
}

/** How many bytes more it has on the wire, where every line ends with CRLF. */
function bareLineFeeds(raw: Uint8Array): number {
  let found = 0;
  for (let at = raw.indexOf(10); at >= 0; at = raw.indexOf(10, at + 1)) if (raw[at - 1] !== 13) found += 1;
  return found;
}
