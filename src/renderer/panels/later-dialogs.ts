import { later } from '../ui/later';

/**
 * Dialogs that few starts need: loaded when they are opened, or before that when the window has nothing else to do, so
 * that the window itself stays small (APP-348).
 */
export const Palette = later(async () => (await import('../commands/palette')).Palette);
export const ShortcutSheet = later(async () => (await import('../commands/shortcut-sheet')).ShortcutSheet);
export const SettingsDialog = later(async () => (await import('../settings/settings-dialog')).SettingsDialog);
export const AddAccountDialog = later(
  async () => (await import('../setup/add-account-dialog')).AddAccountDialog,
);
export const SignInDialog = later(async () => (await import('../setup/sign-in-dialog')).SignInDialog);
export const CertificateDialog = later(
  async () => (await import('../setup/certificate-dialog')).CertificateDialog,
);
export const SubmissionDialog = later(
  async () => (await import('../setup/submission-dialog')).SubmissionDialog,
);
export const RemoveAccountDialog = later(
  async () => (await import('../setup/remove-account-dialog')).RemoveAccountDialog,
);
export const ChangesDialog = later(async () => (await import('./changes-dialog')).ChangesDialog);
export const ConflictPolicyDialog = later(
  async () => (await import('./conflict-policy-dialog')).ConflictPolicyDialog,
);
export const RedirectDialog = later(async () => (await import('./redirect-dialog')).RedirectDialog);
export const SyncPanel = later(async () => (await import('./sync-panel')).SyncPanel);

/** Fetches them all; failures show when one is opened. */
export function loadLaterDialogs(): void {
  const all = [
    Palette,
    ShortcutSheet,
    SettingsDialog,
    AddAccountDialog,
    SignInDialog,
    CertificateDialog,
    SubmissionDialog,
    RemoveAccountDialog,
    ChangesDialog,
    ConflictPolicyDialog,
    RedirectDialog,
    SyncPanel,
  ];
  for (const dialog of all) void dialog.fetch().catch(() => undefined);
}
