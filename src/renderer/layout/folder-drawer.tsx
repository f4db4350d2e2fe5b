import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { Sidebar } from '../sidebar/sidebar';
import { layoutStrings } from '../strings/layout';
import { useOnlyDialog } from '../ui/use-only-dialog';
import styles from './folder-drawer.module.css';

/** The whole side bar over the window, where only its rail or nothing of it fits. Closes on a choice. */
export function FolderDrawer({ onClose }: { onClose(): void }) {
  useOnlyDialog(onClose);
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => (open ? undefined : onClose())}
      className={styles.overlay ?? ''}
    >
      <Modal className={styles.drawer ?? ''}>
        <Dialog aria-label={layoutStrings.folders} className={styles.dialog ?? ''}>
          <Sidebar onChosen={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
