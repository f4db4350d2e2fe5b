import { Cake, Globe, Mail, MapPin, NotebookText, Phone } from 'lucide-react';
import type { ContactView, PreviewView } from '../../shared/contract/preview-views';
import { hueOf } from '../list/hue-of';
import { listed } from '../strings/plural';
import { previewStrings } from '../strings/preview';
import { Avatar } from '../ui/avatar';
import { Fact } from './calendar-preview';
import styles from './cards.module.css';

const KINDS = [
  ['emails', Mail],
  ['phones', Phone],
  ['addresses', MapPin],
  ['links', Globe],
] as const;

/** Cards of the contacts in a file. */
export function ContactsPreview({
  contacts: { contacts, more },
}: {
  readonly contacts: Extract<PreviewView, { kind: 'contacts' }>;
}) {
  return (
    <div className={styles.cards} data-selectable>
      {contacts.map((contact, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: contacts of a file never move
        <Contact key={at} contact={contact} />
      ))}
      {more > 0 && <p className={styles.more}>{previewStrings.moreContacts(more)}</p>}
    </div>
  );
}

function Contact({ contact }: { readonly contact: ContactView }) {
  const name = contact.name || contact.organisation || previewStrings.noName;
  const role = listed(
    [contact.title, contact.name === '' ? '' : contact.organisation].filter((part) => part !== ''),
  );
  return (
    <article className={styles.card} aria-label={name}>
      <header className={styles.head}>
        <Avatar name={name} hue={hueOf(contact.emails[0]?.value ?? name)} size={36} />
        <div className={styles.names}>
          <h3 className={styles.title}>
            <bdi>{name}</bdi>
          </h3>
          {role !== '' && <p className={styles.kind}>{role}</p>}
        </div>
      </header>
      <dl className={styles.facts}>
        {KINDS.filter(([field]) => contact[field].length > 0).map(([field, Icon]) => (
          <Fact key={field} icon={<Icon />} name={previewStrings.fields[field]}>
            <ul className={styles.people}>
              {contact[field].map(({ value, use }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file may name one twice
                <li key={at} className={styles.note}>
                  <bdi>{value}</bdi>
                  <span className={styles.aside}> {previewStrings.uses[use]}</span>
                </li>
              ))}
            </ul>
          </Fact>
        ))}
        {contact.birthday !== '' && (
          <Fact icon={<Cake />} name={previewStrings.birthday}>
            {contact.birthday}
          </Fact>
        )}
        {contact.note !== '' && (
          <Fact icon={<NotebookText />} name={previewStrings.note}>
            <p className={styles.note}>{contact.note}</p>
          </Fact>
        )}
      </dl>
    </article>
  );
}
