import type { ReactNode } from 'react';
import { useUi } from '../state/ui-store';
import {
  AddAccountDialog,
  CertificateDialog,
  ChangesDialog,
  ConflictPolicyDialog,
  Palette,
  RedirectDialog,
  RemoveAccountDialog,
  SettingsDialog,
  ShortcutSheet,
  SignInDialog,
  SubmissionDialog,
} from './later-dialogs';

/** The one dialog that is open (UI-008). What concerns messages and folders is drawn by the main screen. */
export function AppDialogs(): ReactNode {
  const dialog = useUi((state) => state.dialog);
  if (!dialog) return null;
  switch (dialog.kind) {
    case 'palette':
      return <Palette />;
    case 'shortcuts':
      return <ShortcutSheet />;
    case 'settings':
      return <SettingsDialog find={dialog.find ?? ''} />;
    case 'add-account':
      return <AddAccountDialog />;
    case 'sign-in':
      return <SignInDialog accountId={dialog.accountId} />;
    case 'certificate':
      return <CertificateDialog accountId={dialog.accountId} />;
    case 'submission':
      return <SubmissionDialog accountId={dialog.accountId} />;
    case 'remove-account':
      return <RemoveAccountDialog accountId={dialog.accountId} />;
    case 'changes':
      return <ChangesDialog show={dialog.show} changeId={dialog.changeId} />;
    case 'redirect':
      return <RedirectDialog change={dialog.change} />;
    case 'conflict-policy':
      return <ConflictPolicyDialog />;
    case 'choose':
    case 'move-to':
    case 'label':
    case 'delete-forever':
    case 'snooze':
    case 'snooze-date':
    case 'new-folder':
    case 'rename-folder':
    case 'move-folder':
    case 'delete-folder':
    case 'empty-folder':
    case 'keep-folder':
      return null;
  }
}
