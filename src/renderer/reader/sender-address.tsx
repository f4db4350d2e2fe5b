import { Copy } from 'lucide-react';
import { spelledOut } from '../../shared/shown-name';
import { showToast } from '../feedback/toast-store';
import { readerStrings } from '../strings/reader';
import { IconButton } from '../ui/icon-button';
import styles from './message-header.module.css';

interface SenderAddressProps {
  readonly address: string;
  /** False where the name before it is the address already. */
  readonly shown: boolean;
}

/**
 * The sender's address with Copy, for who points at the name or has the focus there (UI-031); it stands in room that is
 * free anyway, so that nothing moves. Without a pointer it is always there.
 */
export function SenderAddress({ address, shown }: SenderAddressProps) {
  const copy = () =>
    void navigator.clipboard.writeText(address).then(
      () => showToast({ tone: 'done', text: readerStrings.addressCopied }),
      () => showToast({ tone: 'failure', text: readerStrings.addressNotCopied }),
    );
  return (
    <span className={styles.onDemand}>
      {shown && (
        <bdi className={styles.address} data-selectable>
          {spelledOut(address)}
        </bdi>
      )}
      <IconButton size="small" label={readerStrings.copyAddress} onPress={copy}>
        <Copy />
      </IconButton>
    </span>
  );
}
