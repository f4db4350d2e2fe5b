import { lazy } from 'react';

/**
 * Dialogs that few starts need: loaded when they are opened, or before that when the window has nothing else to do, so
 * that the window itself stays small (APP-348).
 */
const palette = () => import('../commands/palette');
const shortcuts = () => import('../commands/shortcut-sheet');
const settings = () => import('../settings/settings-dialog');
const addAccount = () => import('../setup/add-account-dialog');
const signIn = () => import('../setup/sign-in-dialog');
const certificate = () => import('../setup/certificate-dialog');
const submission = () => import('../setup/submission-dialog');
const removeAccount = () => import('../setup/remove-account-dialog');
const changes = () => import('./changes-dialog');
const conflictPolicy = () => import('./conflict-policy-dialog');
const redirect = () => import('./redirect-dialog');
const syncPanel = () => import('./sync-panel');

export const Palette = lazy(async () => ({ default: (await palette()).Palette }));
export const ShortcutSheet = lazy(async () => ({ default: (await shortcuts()).ShortcutSheet }));
export const SettingsDialog = lazy(async () => ({ default: (await settings()).SettingsDialog }));
export const AddAccountDialog = lazy(async () => ({ default: (await addAccount()).AddAccountDialog }));
export const SignInDialog = lazy(async () => ({ default: (await signIn()).SignInDialog }));
export const CertificateDialog = lazy(async () => ({ default: (await certificate()).CertificateDialog }));
export const SubmissionDialog = lazy(async () => ({ default: (await submission()).SubmissionDialog }));
export const RemoveAccountDialog = lazy(async () => ({
  default: (await removeAccount()).RemoveAccountDialog,
}));
export const ChangesDialog = lazy(async () => ({ default: (await changes()).ChangesDialog }));
export const ConflictPolicyDialog = lazy(async () => ({
  default: (await conflictPolicy()).ConflictPolicyDialog,
}));
export const RedirectDialog = lazy(async () => ({ default: (await redirect()).RedirectDialog }));
export const SyncPanel = lazy(async () => ({ default: (await syncPanel()).SyncPanel }));

/** Fetches them all; failures show when one is opened. */
export function loadLaterDialogs(): void {
  const loads = [
    palette,
    shortcuts,
    settings,
    addAccount,
    signIn,
    certificate,
    submission,
    removeAccount,
    changes,
    conflictPolicy,
    redirect,
    syncPanel,
  ];
  for (const load of loads) void load().catch(() => undefined);
}
