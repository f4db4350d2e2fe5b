import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, FileTrigger } from 'react-aria-components';
import { setupStrings } from '../strings/setup';
import { uiStrings } from '../strings/ui';
import { Button } from '../ui/button';
import { Spoken } from '../ui/live-region';
import styles from './certificate-problem.module.css';
import { readCaFile } from './read-ca-file';

export interface ChosenCaFile {
  readonly name: string;
  readonly pem: string;
}

interface CaFileProps {
  readonly chosen: ChosenCaFile | null;
  readonly onChoose: (chosen: ChosenCaFile | null) => void;
}

/** A private authority's certificate, for servers that no public one vouches for; behind Details (SYNC-010). */
export function CaFile({ chosen, onChoose }: CaFileProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const choose = async (files: FileList | null) => {
    const file = files?.item(0);
    if (!file) return;
    const pem = await readCaFile(file);
    setRefused(pem === null ? file.name : null);
    if (pem !== null) onChoose({ name: file.name, pem });
  };
  return (
    <Disclosure defaultExpanded={chosen !== null}>
      <AriaButton slot="trigger" className={styles.trigger ?? ''}>
        {uiStrings.details}
      </AriaButton>
      <DisclosurePanel>
        <p className={styles.hint}>{setupStrings.caHint}</p>
        <Spoken as="p" className={styles.hint}>
          {refused !== null
            ? setupStrings.caWrong(refused)
            : chosen
              ? setupStrings.caChosen(chosen.name)
              : ''}
        </Spoken>
        <FileTrigger acceptedFileTypes={['.pem', '.crt', '.cer']} onSelect={(files) => void choose(files)}>
          <Button size="small">{setupStrings.caChoose}</Button>
        </FileTrigger>
        {chosen ? (
          <Button size="small" variant="quiet" onPress={() => onChoose(null)}>
            {setupStrings.caRemove}
          </Button>
        ) : null}
      </DisclosurePanel>
    </Disclosure>
  );
}
