import { useEffect } from 'react';
import { COMMANDS, type CommandId } from '../commands/catalogue';
import { runWhenKnown, useCommand, useCommandsOn } from '../commands/registry';
import type { CommandTarget } from '../commands/target';
import { writeAbout } from '../compose/start-draft';
import { meantAccount } from '../folders/meant-line';
import { rememberFocus } from '../layout/regions';
import { openDialog, useUi } from '../state/ui-store';
import { call } from '../transport/call';
import { onWindowRequest } from '../transport/host-events';
import { useHost } from '../transport/use-host';
import { openLink } from './open-link';
import { openMessage } from './open-message';
import { syncNow } from './sync-now';
import { useAccountCommands } from './use-account-commands';

/** A change may be named: the dialog begins there. */
function changeOf(target: CommandTarget | undefined) {
  if (target === undefined) return {};
  return target.kind === 'change' ? { changeId: target.changeId } : null;
}

/** Everything, if nothing is named that lies in one account. */
function syncedBy(target: CommandTarget | undefined) {
  switch (target?.kind) {
    case undefined:
    case 'list':
      return { accountId: null, mailboxId: null };
    case 'account':
      return { accountId: target.accountId, mailboxId: null };
    case 'mailbox': {
      const { mailboxId } = target;
      return { accountId: meantAccount(target), mailboxId };
    }
    default:
      return null;
  }
}

/** The commands that concern the whole window, and what menu, tray, notifications or a second start ask for. */
export function useAppCommands(): void {
  useAccountCommands();
  useCommand('palette.open', () => {
    rememberFocus();
    openDialog({ kind: 'palette' });
  });
  useCommand('shortcuts.show', () => openDialog({ kind: 'shortcuts' }));
  useCommand('settings.open', () => openDialog({ kind: 'settings' }));
  useCommand('account.add', () => openDialog({ kind: 'add-account' }));
  useCommand('help.conflicts', () => openDialog({ kind: 'conflict-policy' }));
  useCommandsOn(changeOf, {
    'changes.attention': { run: (change) => openDialog({ kind: 'changes', show: 'parked', ...change }) },
  });
  useCommand('changes.waiting', () => openDialog({ kind: 'changes', show: 'all' }));
  useCommandsOn(syncedBy, {
    'sync.now': { run: ({ accountId, mailboxId }) => void syncNow(accountId, mailboxId) },
  });
  useCommand('sync.panel', () => useUi.setState({ syncPanelOpen: true }));
  useCommand(
    'sync.toggleOffline',
    () => void call('sync.setOffline', { offline: !useHost.getState().status?.offlineByChoice }),
  );
  useCommand(
    'sync.toggleMetered',
    () => void call('sync.setMetered', { metered: useHost.getState().status?.metered !== 'choice' }),
  );
  useEffect(
    () =>
      onWindowRequest((request) => {
        switch (request.kind) {
          case 'open-message':
            void openMessage(request.messageId).then((shown) => {
              if (shown && request.reply) void writeAbout('reply', request.messageId);
            });
            return;
          case 'open-link':
            void openLink(request.url);
            return;
          case 'ask-default-app':
            useUi.setState({ asksForDefault: true });
            return;
          case 'command': {
            const id = COMMANDS.find((spec) => spec.id === request.command)?.id;
            if (id) runWhenKnown(id satisfies CommandId);
            return;
          }
        }
      }),
    [],
  );
}
