import type { ImapServer } from '../../shared/contract/methods';
import { setupStrings } from '../strings/setup';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { CaFile, type ChosenCaFile } from './ca-file';
import type { FieldErrors } from './check-fields';
import { portFor } from './guess-server';
import styles from './setup.module.css';

interface ServerFieldsProps {
  readonly server: ImapServer;
  readonly name: string;
  readonly errors: FieldErrors;
  readonly onServer: (server: ImapServer) => void;
  readonly onName: (name: string) => void;
  readonly ca: ChosenCaFile | null;
  readonly onCa: (chosen: ChosenCaFile | null) => void;
}

const SECURITIES = ['tls', 'starttls', 'none'] as const;

/** The manual set-up: every setting of the server, editable (APP-007). */
export function ServerFields({ server, name, errors, onServer, onName, ca, onCa }: ServerFieldsProps) {
  return (
    <fieldset className={styles.fields} aria-label={setupStrings.serverTitle}>
      <TextField
        label={setupStrings.host}
        value={server.host}
        onChange={(host) => onServer({ ...server, host: host.trim() })}
        error={errors.host}
        spellCheck="false"
        autoComplete="off"
      />
      <div className={styles.pair}>
        <TextField
          label={setupStrings.port}
          value={server.port === 0 ? '' : String(server.port)}
          onChange={(port) => onServer({ ...server, port: Number(port.replace(/\D/g, '')) })}
          error={errors.port}
          inputMode="numeric"
          autoComplete="off"
        />
        <Select
          label={setupStrings.security}
          value={server.security}
          options={SECURITIES.map((value) => ({ value, label: setupStrings.securityOptions[value] }))}
          onChange={(security) => onServer({ ...server, security, port: portFor(server, security) })}
        />
      </div>
      <TextField
        label={setupStrings.user}
        value={server.user}
        onChange={(user) => onServer({ ...server, user })}
        error={errors.user}
        name="username"
        autoComplete="username"
        spellCheck="false"
      />
      <TextField
        label={setupStrings.name}
        value={name}
        onChange={onName}
        description={setupStrings.nameHint}
        maxLength={100}
        autoComplete="off"
      />
      {server.security === 'none' ? null : <CaFile chosen={ca} onChoose={onCa} />}
    </fieldset>
  );
}
