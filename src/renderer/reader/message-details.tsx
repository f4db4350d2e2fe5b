import type { MessageView } from '../../shared/contract/views';
import type { Person } from '../../shared/domain';
import { drawnName, spelledOut } from '../../shared/shown-name';
import { formatSize } from '../list/format-size';
import { createRowTimes } from '../list/row-time';
import { listed } from '../strings/plural';
import { readerStrings } from '../strings/reader';
import styles from './message-details.module.css';

const times = createRowTimes(undefined);

const PEOPLE = ['from', 'sender', 'replyTo', 'to', 'cc', 'bcc'] as const;

/** All addresses in full, the date and the size: for copying and for paper. */
export function MessageDetails({ message }: { readonly message: MessageView }) {
  return (
    <dl className={styles.details} data-selectable>
      {PEOPLE.filter((field) => message[field].length > 0).map((field) => (
        <div key={field}>
          <dt>{readerStrings.fields[field]}</dt>
          <dd>
            <bdi>{listed(message[field].map(inFull))}</bdi>
          </dd>
        </div>
      ))}
      <div>
        <dt>{readerStrings.fields.date}</dt>
        <dd>{times.full(message.date)}</dd>
      </div>
      <div>
        <dt>{readerStrings.fields.size}</dt>
        <dd>{formatSize(message.size)}</dd>
      </div>
    </dl>
  );
}

function inFull({ name, address }: Person): string {
  const drawn = drawnName(name);
  return drawn === '' ? spelledOut(address) : `${drawn} <${spelledOut(address)}>`;
}
