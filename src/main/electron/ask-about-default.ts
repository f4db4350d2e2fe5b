import { existsSync, writeFileSync } from 'node:fs';
import type { AccountView } from '../../shared/contract/views';
import type { Router } from '../router';

export interface DefaultQuestion {
  readonly call: Router;
  /** Its being there says that it was asked: on this computer, so it is no setting. */
  readonly file: string;
  /** Whether mail addresses open in Homeport already; takes a moment on some systems. */
  readonly isDefault: () => boolean;
  readonly ask: () => void;
}

/**
 * Asks once whether mail addresses are to open here (APP-274): whoever starts Homeport with an account in it has used it
 * before, and only where the system has them open elsewhere.
 */
export async function askAboutDefault({ call, file, isDefault, ask }: DefaultQuestion): Promise<void> {
  if (existsSync(file)) return;
  const accounts = await call('accounts.list', {});
  if (!accounts.ok || (accounts.value as AccountView[]).length === 0 || isDefault()) return;
  writeFileSync(file, '', { mode: 0o600 });
  ask();
}
