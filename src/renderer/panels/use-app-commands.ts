import { useEffect } from 'react';
import { COMMANDS, type CommandId } from '../commands/catalogue';
import { runWhenKnown, useCommand } from '../commands/registry';
import { writeAbout } from '../compose/start-draft';
import { openDialog, useUi } from '../state/ui-store';
import { call } from '../transport/call';
import { onWindowRequest } from '../transport/host-events';
import { useHost } from '../transport/use-host';
import { openLink } from './open-link';
import { openMessage } from './open-message';
import { syncNow } from './sync-now';

/** The commands that concern the whole window, and what menu, tray, notifications or a second start ask for. */
export function useAppCommands(): void {
  useCommand('palette.open', () => openDialog({ kind: 'palette' }));
  useCommand('shortcuts.show', () => openDialog({ kind: 'shortcuts' }));
  useCommand('settings.open', () => openDialog({ kind: 'settings' }));
  useCommand('account.add', () => openDialog({ kind: 'add-account' }));
  useCommand('help.conflicts', () => openDialog({ kind: 'conflict-policy' }));
  useCommand('changes.attention', () => openDialog({ kind: 'changes', show: 'parked' }));
  useCommand('changes.waiting', () => openDialog({ kind: 'changes', show: 'all' }));
  useCommand('sync.now', () => void syncNow(null));
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
