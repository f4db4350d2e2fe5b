/** Whom an answer goes to, as whom, about what, and what it continues (APP-120, 126; RFC 5322 section 3.6). */
import type { DraftKind } from '../../shared/contract/compose-views';
import type { Person } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { answerSubject } from './answer-subject';
import { parsePersons } from './header-values';
import { boundReferences } from './thread-ids';

export type AnsweredHeaders = Pick<
  HeaderFacts,
  'subject' | 'from' | 'sender' | 'replyTo' | 'to' | 'cc' | 'bcc' | 'messageId' | 'inReplyTo' | 'references'
>;

export interface AnswerInput<Identity extends { readonly address: string }> {
  readonly kind: Exclude<DraftKind, 'new'>;
  readonly original: AnsweredHeaders;
  /** The account's own addresses, the usual one first. */
  readonly identities: readonly Identity[];
  /** Addresses the mail was delivered to as its server noted them (Delivered-To); may be empty. */
  readonly deliveredTo: readonly string[];
  /** List-Post as sent (RFC 2369 section 3.4); null without one. */
  readonly listPost: string | null;
}

export interface Answer<Identity> {
  /** Null only when there are no identities. */
  readonly identity: Identity | null;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly replyTo: readonly Person[];
  readonly subject: string;
  /** With angle brackets; null = begins a conversation of its own. */
  readonly inReplyTo: string | null;
  /** With angle brackets, at most 100. */
  readonly references: readonly string[];
  /** Where messages to the whole mailing list go; null = it came through none. */
  readonly list: Person | null;
}

/** Pure; no address appears twice, own ones only where nobody else is left. */
export function prepareAnswer<Identity extends { readonly address: string }>(
  input: AnswerInput<Identity>,
): Answer<Identity> {
  const { kind, original } = input;
  const isOwn = (person: Person): boolean =>
    input.identities.some(({ address }) => sameMailbox(address, person.address));
  const common = { identity: identityOf(input, isOwn), replyTo: [], list: listOf(input.listPost) };
  const nobody = { to: [], cc: [], bcc: [] };
  const alone = { inReplyTo: null, references: [] };
  switch (kind) {
    case 'reply':
    case 'reply-all':
      return {
        ...common,
        ...recipientsOf(kind, original, isOwn),
        ...continuing(original),
        subject: answerSubject('reply', original.subject),
        bcc: [],
      };
    case 'forward':
    case 'forward-attached':
      return { ...common, ...nobody, ...alone, subject: answerSubject('forward', original.subject) };
    case 'edit-as-new':
      return {
        ...common,
        to: original.to,
        cc: original.cc,
        bcc: original.bcc,
        subject: original.subject,
        inReplyTo: bracketed(original.inReplyTo)[0] ?? null,
        references: bracketed(original.references),
      };
    case 'redirect':
      // Answers go to who wrote it.
      return { ...common, ...nobody, ...alone, subject: original.subject, replyTo: original.from };
  }
}

function recipientsOf(
  kind: 'reply' | 'reply-all',
  original: AnsweredHeaders,
  isOwn: (person: Person) => boolean,
): { readonly to: readonly Person[]; readonly cc: readonly Person[] } {
  const all = kind === 'reply-all';
  const author = [original.replyTo, original.from, original.sender].find(hasAddress) ?? [];
  const others = (people: readonly Person[]): Person[] => people.filter((person) => !isOwn(person));
  // An answer to one's own mail goes on to those it was sent to.
  const wroteIt = original.from.some(isOwn);
  const first = wroteIt ? others(original.to) : others(author);
  const to = unique([...first, ...(all && !wroteIt ? others(original.to) : [])]);
  const cc = all ? unique(others(original.cc), to) : [];
  if (to.length > 0) return { to, cc };
  // Only oneself, or only in copy: then those, before an answer goes to nobody.
  const rest = wroteIt && !all ? unique(others(original.cc)) : cc;
  if (rest.length > 0) return { to: rest, cc: [] };
  const last = [others(author), others(original.to), author, original.to].find(hasAddress) ?? [];
  return { to: unique(last), cc: [] };
}

/** Identity the mail was sent to (APP-126): exactly, then by an address with a +tag; for own mail who sent it. */
function identityOf<Identity extends { readonly address: string }>(
  { identities, original, deliveredTo }: AnswerInput<Identity>,
  isOwn: (person: Person) => boolean,
): Identity | null {
  const named = [...original.to, ...original.cc, ...original.bcc].map(({ address }) => address);
  const own = original.from.filter(isOwn).map(({ address }) => address);
  const addressed = [...own, ...named, ...deliveredTo];
  for (const same of [sameAddress, sameMailbox]) {
    for (const address of addressed) {
      const found = identities.find((identity) => same(identity.address, address));
      if (found) return found;
    }
  }
  return identities[0] ?? null;
}

/** RFC 5322 3.6.4: the parent's references and the parent; its In-Reply-To stands in where it has none. */
function continuing(original: AnsweredHeaders): {
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
} {
  const { messageId, references, inReplyTo } = original;
  const earlier = references.length > 0 ? references : inReplyTo.length === 1 ? inReplyTo : [];
  const chain = messageId === null ? earlier : [...earlier.filter((id) => id !== messageId), messageId];
  return {
    inReplyTo: messageId === null ? null : `<${messageId}>`,
    references: bracketed(boundReferences(chain)),
  };
}

function bracketed(ids: readonly string[]): string[] {
  return ids.map((id) => `<${id}>`);
}

/** `<mailto:list@example.org>`; NO means that nobody may write to it. */
function listOf(listPost: string | null): Person | null {
  const link = /<\s*mailto:([^<>\s?]+)[^<>]*>/i.exec(listPost ?? '')?.[1];
  if (link === undefined) return null;
  try {
    return parsePersons(decodeURIComponent(link))[0] ?? null;
  } catch {
    return null;
  }
}

function hasAddress(people: readonly Person[]): boolean {
  return people.some(({ address }) => address !== '');
}

function unique(people: readonly Person[], without: readonly Person[] = []): Person[] {
  const seen = new Set(without.map(({ address }) => address.toLowerCase()));
  return people.filter(({ address }) => {
    const key = address.toLowerCase();
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function sameAddress(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** The same mailbox, also by an address of it with a +tag. */
export function sameMailbox(a: string, b: string): boolean {
  return sameAddress(withoutTag(a), withoutTag(b));
}

function withoutTag(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? `${address.slice(0, plus)}${address.slice(at)}` : address;
}
