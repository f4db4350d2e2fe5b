import { getDomain } from 'tldts';
import type { MessageView } from '../../shared/contract/views';
import type { Person } from '../../shared/domain';

/** Something about the sender that a person could overlook (APP-087). */
export type SenderNote =
  | { readonly kind: 'name-shows-other'; readonly shown: string; readonly real: string }
  | { readonly kind: 'reply-elsewhere'; readonly domain: string };

const ADDRESS = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+\.[^\s<>"'(),;:]+/;

/** What to say about who the message seems to be from; nothing for ordinary mail. */
export function senderNotes(message: Pick<MessageView, 'from' | 'replyTo'>): readonly SenderNote[] {
  const from = message.from[0];
  if (from === undefined) return [];
  const notes: SenderNote[] = [];
  const shown = ADDRESS.exec(from.name.normalize('NFKC'))?.[0];
  if (shown !== undefined && shown.toLowerCase() !== from.address.toLowerCase())
    notes.push({ kind: 'name-shows-other', shown, real: from.address });
  const elsewhere = message.replyTo
    .map(domainOf)
    .find((domain) => domain !== null && domain !== domainOf(from));
  if (elsewhere !== undefined && elsewhere !== null && message.replyTo.length === 1)
    notes.push({ kind: 'reply-elsewhere', domain: elsewhere });
  return notes;
}

function domainOf({ address }: Person): string | null {
  return getDomain(address.slice(address.lastIndexOf('@') + 1));
}
