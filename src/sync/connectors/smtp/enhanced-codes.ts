/** Enhanced status codes (RFC 3463 and its registry) in plain words; the first digit says for how long it holds. */
import type { Reply } from './reply';

const EXACT: Readonly<Record<string, string>> = {
  '1.1': 'There is no mailbox with this address.',
  '1.2': 'The part of the address after the @ leads nowhere.',
  '1.3': 'The address is not written correctly.',
  '1.4': 'The address is ambiguous.',
  '1.6': 'The mailbox has moved and left no new address.',
  '1.7': 'The address of the sender is not written correctly.',
  '1.8': 'The part of the sender’s address after the @ leads nowhere.',
  '1.10': 'This domain takes no mail.',
  '2.1': 'The mailbox is switched off.',
  '2.2': 'The mailbox of the recipient is full.',
  '2.3': 'The message is larger than the recipient takes.',
  '3.1': 'The mail server has no room left.',
  '3.2': 'The mail server takes no messages at the moment.',
  '3.4': 'The message is larger than the mail server takes.',
  '4.1': 'The server of the recipient does not answer.',
  '4.2': 'The connection to the server of the recipient broke.',
  '4.4': 'There is no way to the server of the recipient.',
  '4.5': 'The mail server has too much to do.',
  '4.6': 'The message would go round in a circle.',
  '4.7': 'The message could not be delivered for too long.',
  '5.3': 'There are too many recipients for one message.',
  '6.3': 'The recipient’s server cannot take this kind of message.',
  '6.7': 'The server cannot take addresses with such letters.',
  '7.1': 'The mail server does not allow this message.',
  '7.2': 'You may not write to this mailing list.',
  '7.8': 'The server did not accept the user name or password.',
  '7.13': 'The account was switched off.',
  '7.15': 'This priority is not allowed.',
  '7.20': 'The message has no valid signature of its domain.',
  '7.23': 'The sender’s domain does not allow this server to send for it.',
  '7.25': 'The mail server has no proper name on the internet.',
  '7.26': 'The sender’s domain could not be proven.',
  '7.27': 'The sender’s domain takes no mail, so the message is refused.',
  '7.28': 'The mail server says that this account sends too much.',
  '7.60': 'The server does not let you send from this address.',
};
const SUBJECT: Readonly<Record<string, string>> = {
  '1': 'The mail server does not accept this address.',
  '2': 'The mailbox of the recipient does not take the message.',
  '3': 'The mail server cannot take the message.',
  '4': 'The message cannot be passed on.',
  '5': 'The mail server did not understand what was asked.',
  '6': 'The mail server does not take a message of this kind.',
  '7': 'The mail server does not allow this message.',
};
const BASIC: Readonly<Record<number, string>> = {
  421: 'The mail server has no time at the moment.',
  450: 'The mailbox cannot be reached at the moment.',
  451: 'The mail server has a problem at the moment.',
  452: 'The mail server has no room at the moment.',
  550: 'The mail server does not accept this recipient or message.',
  551: 'The recipient is not at this server.',
  552: 'The message is too large, or the mailbox is full.',
  553: 'The mail server does not accept this address.',
  554: 'The mail server refused the message.',
};

/** One sentence for a refusal; the server's own words stand beside it. */
export function wordsOf({ code, enhanced }: Pick<Reply, 'code' | 'enhanced'>): string {
  const [, subject = '', detail = ''] = enhanced?.split('.') ?? [];
  return (
    EXACT[`${subject}.${detail}`] ??
    SUBJECT[subject] ??
    BASIC[code] ??
    (code < 500 ? 'The mail server asks to try again later.' : 'The mail server refused the message.')
  );
}
