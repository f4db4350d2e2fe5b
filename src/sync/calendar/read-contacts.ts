import type { ContactView, PreviewView } from '../../shared/contract/preview-views';
import {
  CONTACT_DESIGN,
  type Component,
  type Property,
  property,
  readComponents,
  textOf,
} from './content-lines';
import { MAX_ENTRIES, MAX_NOTE_CHARS, MAX_SHOWN, MAX_VALUE_CHARS } from './limits';
import { modernLine } from './old-vcard';

type ContactsPreview = Extract<PreviewView, { kind: 'contacts' }>;
type Entry = ContactView['emails'][number];

/** Contacts of a vCard file (RFC 6350, and the older 3.0 and 2.1); null when it holds none. */
export function readContacts(text: string): ContactsPreview | null {
  const cards = readComponents(text, CONTACT_DESIGN, modernLine).filter(({ name }) => name === 'vcard');
  if (cards.length === 0) return null;
  return {
    kind: 'contacts',
    contacts: cards.slice(0, MAX_SHOWN).map(contact),
    more: Math.max(0, cards.length - MAX_SHOWN),
  };
}

function contact(card: Component): ContactView {
  const text = (name: string, most = MAX_VALUE_CHARS) => textOf(property(card, name), most);
  const [family = '', given = '', middle = ''] = parts(property(card, 'n'));
  const organisation = parts(property(card, 'org')).filter((part) => part !== '');
  return {
    name: text('fn') || [given, middle, family].filter((part) => part !== '').join(' '),
    organisation: organisation.join(', ').slice(0, MAX_VALUE_CHARS),
    title: text('title'),
    emails: entries(card, 'email'),
    phones: entries(card, 'tel'),
    addresses: entries(card, 'adr'),
    links: entries(card, 'url'),
    birthday: text('bday'),
    note: text('note', MAX_NOTE_CHARS),
  };
}

function entries(card: Component, name: string): Entry[] {
  return card.properties
    .filter((one) => one.name === name)
    .slice(0, MAX_ENTRIES)
    .map((one) => ({
      value: (name === 'adr' ? addressLines(one) : parts(one).join(', ').replace(/^tel:/i, '')).slice(
        0,
        MAX_VALUE_CHARS,
      ),
      use: useOf(one),
    }))
    .filter(({ value }) => value !== '');
}

/** RFC 6350 6.3.1: box, extension, street, place, region, code, country. */
function addressLines(address: Property): string {
  const [box = '', extension = '', street = '', place = '', region = '', code = '', country = ''] =
    parts(address);
  return [box, extension, street, [code, place].filter(Boolean).join(' '), region, country]
    .filter((line) => line !== '')
    .join('\n');
}

/** The components of a value: one for a plain one; a component of several values as one text. */
function parts(of: Property | null): string[] {
  const value = of?.values.length === 1 ? of.values[0] : of?.values;
  const list = Array.isArray(value) ? value : [value];
  return list
    .slice(0, MAX_ENTRIES)
    .map((part) =>
      (Array.isArray(part) ? part.slice(0, MAX_ENTRIES).map(String).join(', ') : String(part ?? ''))
        .trim()
        .slice(0, MAX_VALUE_CHARS),
    );
}

function useOf({ parameters }: Property): Entry['use'] {
  const types = [parameters.type ?? ''].flat().join(' ').toLowerCase();
  if (types.includes('fax')) return 'fax';
  if (types.includes('cell')) return 'mobile';
  if (types.includes('work')) return 'work';
  return types.includes('home') ? 'home' : 'other';
}
