import { FolderInput, FolderPlus } from 'lucide-react';
import type { PendingView } from '../../shared/contract/views';
import { openDialog } from '../state/ui-store';
import { changesStrings } from '../strings/changes';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { redirectChange } from './change-actions';

/** "Do something else" where something else makes sense (SYNC-242). */
export function SomethingElse({ change }: { readonly change: PendingView }) {
  if (change.alternatives.length === 0) return null;
  return (
    <Menu
      label={changesStrings.somethingElse}
      placement="bottom end"
      trigger={
        <Button size="small" variant="quiet">
          {changesStrings.somethingElse}
        </Button>
      }
    >
      {change.alternatives.includes('create-folder') && (
        <MenuItem
          icon={<FolderPlus />}
          label={changesStrings.createFolder}
          onAction={() => void redirectChange(change, { kind: 'same-again' }, null)}
        />
      )}
      {change.alternatives.includes('choose-folder') && (
        <MenuItem
          icon={<FolderInput />}
          label={changesStrings.chooseFolder}
          onAction={() => openDialog({ kind: 'redirect', change })}
        />
      )}
    </Menu>
  );
}
