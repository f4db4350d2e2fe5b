import { showToast } from '../feedback/toast-store';
import { closeDialog } from '../state/ui-store';
import { setupStrings } from '../strings/setup';
import { Dialog } from '../ui/dialog';
import { AccountSetup } from './account-setup';

/** One more account. */
export function AddAccountDialog() {
  return (
    <Dialog title={setupStrings.addTitle} onClose={closeDialog}>
      <AccountSetup
        size="normal"
        onDone={(name) => {
          closeDialog();
          showToast({ tone: 'done', text: setupStrings.added(name) });
        }}
      />
    </Dialog>
  );
}
