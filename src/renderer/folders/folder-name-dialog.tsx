import { useId, useState } from 'react';
import type { FailureView } from '../../shared/contract/views';
import { FOLDER_NAME_MAX, folderNameFlaw, tidyFolderName } from '../../shared/folder-name';
import { closeDialog } from '../state/ui-store';
import { folderStrings } from '../strings/folders';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';

interface FolderNameDialogProps {
  readonly title: string;
  readonly button: string;
  readonly before: string;
  readonly description?: string | undefined;
  readonly delimiter: string | null;
  /** Answers why it cannot be; null = done. */
  save(name: string): Promise<FailureView | null>;
}

/** Asks for the name of a folder; Enter takes it, and what is wrong with it stands at the field. */
export function FolderNameDialog({
  title,
  button,
  before,
  description,
  delimiter,
  save,
}: FolderNameDialogProps) {
  const [name, setName] = useState(before);
  const [error, setError] = useState<string>();
  const form = useId();

  async function submit() {
    const tidy = tidyFolderName(name);
    const flaw = folderNameFlaw(tidy, delimiter);
    if (flaw) return setError(folderStrings.flaws[flaw]);
    if (tidy === before) return closeDialog();
    const refused = await save(tidy);
    if (refused) setError([refused.message, refused.hint].filter(Boolean).join(' '));
    else closeDialog();
  }

  return (
    <Dialog
      title={title}
      onClose={closeDialog}
      actions={
        <>
          <Button onPress={closeDialog}>{folderStrings.cancel}</Button>
          <Button variant="primary" type="submit" form={form}>
            {button}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={folderStrings.name}
          value={name}
          onChange={(value) => {
            setName(value);
            setError(undefined);
          }}
          description={description}
          error={error}
          maxLength={FOLDER_NAME_MAX}
          autoFocus
          onFocus={(event) => (event.target as HTMLInputElement).select()}
        />
      </form>
    </Dialog>
  );
}
