import { closeDialog, type DialogState, useUi } from '../state/ui-store';
import { ContextMenu } from '../ui/context-menu';
import { MenuItem, MenuSection } from '../ui/menu';

/** The menu closes also when its choice has opened a dialog. */
function close(): void {
  if (useUi.getState().dialog?.kind === 'choose') closeDialog();
}

type ChoiceMenuProps = Extract<DialogState, { kind: 'choose' }>;

/** What a command asks before it acts: one of a few, with a tick at what is so now. */
export function ChoiceMenu({ title, at, options, selected, choose }: ChoiceMenuProps) {
  return (
    <ContextMenu at={at} label={title} onClose={close}>
      <MenuSection title={title} selected={selected === null ? [] : [selected]}>
        {options.map(({ id, label }) => (
          <MenuItem key={id} id={id} label={label} onAction={() => choose(id)} />
        ))}
      </MenuSection>
    </ContextMenu>
  );
}
