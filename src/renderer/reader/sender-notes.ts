import { getDomain } from 'tldts';
import type { MessageView } from '../../shared/contract/views';
import type { Person } from '../../shared/domain';
import { disguisedHost } from '../../shared/links';
import { otherAddressIn } from '../../shared/shown-name';
import { ANYBODYS_DOMAINS } from './anybodys-domains';

/** Something about the sender that a person could overlook (APP-087). */
export type SenderNote =
  | { readonly kind: 'name-shows-other'; readonly shown: string; readonly real: string }
  /** Bears the name of somebody the user knows, from outside, through a list, or from an address of the same organisation. */
  | {
      readonly kind: 'namesake';
      readonly name: string;
      readonly known: string;
      readonly real: string;
      readonly from: 'outside' | 'list' | 'organisation';
    }
  /** Written in letters that look like those of another domain; `plain` is the domain as computers spell it. */
  | { readonly kind: 'mixed-alphabets'; readonly domain: string; readonly plain: string }
  | { readonly kind: 'reply-elsewhere'; readonly domain: string };

type Facts = Pick<MessageView, 'from' | 'replyTo' | 'namesake'>;

/** What to say about who the message seems to be from; nothing for ordinary mail. */
export function senderNotes(message: Facts): readonly SenderNote[] {
  const from = message.from[0];
  if (from === undefined) return [];
  const notes: SenderNote[] = [];
  const shown = otherAddressIn(from.name, from.address);
  if (shown !== null) notes.push({ kind: 'name-shows-other', shown, real: from.address });
  const namesake = namesakeNote(message, from);
  if (namesake !== null) notes.push(namesake);
  const disguise = disguisedHost(from.address.slice(from.address.lastIndexOf('@') + 1));
  if (disguise !== null)
    notes.push({ kind: 'mixed-alphabets', domain: disguise.shown, plain: disguise.plain });
  const elsewhere = message.replyTo
    .map(domainOf)
    .find((domain) => domain !== null && domain !== domainOf(from));
  if (elsewhere !== undefined && elsewhere !== null && message.replyTo.length === 1)
    notes.push({ kind: 'reply-elsewhere', domain: elsewhere });
  return notes;
}

/** True when the sender seems to be somebody else, and that is to be warned of. */
export function looksLikeAnother(notes: readonly SenderNote[]): boolean {
  return notes.some(
    (note) =>
      note.kind === 'name-shows-other' ||
      note.kind === 'mixed-alphabets' ||
      (note.kind === 'namesake' && note.from === 'outside'),
  );
}

/** True when nothing may vouch for the sender in green (APP-086): also a list, which whoever writes can claim to be. */
export function cannotBeVouchedFor(notes: readonly SenderNote[]): boolean {
  return looksLikeAnother(notes) || notes.some((note) => note.kind === 'namesake' && note.from === 'list');
}

function namesakeNote({ namesake }: Facts, from: Person): SenderNote | null {
  const [first] = namesake?.addresses ?? [];
  if (namesake === null || first === undefined) return null;
  const domain = domainOf(from);
  const colleague = namesake.addresses.find(
    (address) =>
      domain !== null && domainOf({ name: '', address }) === domain && !ANYBODYS_DOMAINS.has(domain),
  );
  return {
    kind: 'namesake',
    name: namesake.name,
    known: colleague ?? first,
    real: from.address,
    from: colleague !== undefined ? 'organisation' : namesake.throughList ? 'list' : 'outside',
  };
}

function domainOf({ address }: Person): string | null {
  return getDomain(address.slice(address.lastIndexOf('@') + 1));
}
