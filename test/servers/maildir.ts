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
    const path = join(
      directory,
      'cur',
      `${seconds}.M${String(number).padStart(7, '0')}.homeport:2,${letters}`,
    );
    writeFileSync(path, raw);
    utimesSync(path, seconds, seconds);
  }
}
