import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import type { MethodInput, PinnedCertificate } from '../../shared/contract/methods';
import type { AccountView, ProbeView } from '../../shared/contract/views';
import { runCommand } from '../commands/registry';
import { showFailure } from '../feedback/undo';
import { ProbeReport } from '../setup/probe-report';
import { openDialog } from '../state/ui-store';
import { settingsStrings } from '../strings/settings';
import { setupStrings } from '../strings/setup';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { hueStyle } from '../ui/hue';
import { IconButton } from '../ui/icon-button';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import styles from './account-settings.module.css';
import { IdentitySettings } from './identity-settings';
import { saveSettings, useSettings } from './use-settings';

const words = settingsStrings.accounts;

/** Changes an account; a failure is said. */
async function update(patch: MethodInput<'accounts.update'>): Promise<void> {
  const outcome = await call('accounts.update', patch);
  if (!outcome.ok) showFailure(words.notChanged, outcome.failure);
}

interface AccountSettingsProps {
  readonly account: AccountView;
  readonly previous: AccountView | undefined;
  readonly next: AccountView | undefined;
}

/** Name, colour, order, sync, certificates, test, sign-in and removal of one account (APP-011). */
export function AccountSettings({ account, previous, next }: AccountSettingsProps) {
  const [name, setName] = useState(account.name);
  const [probe, setProbe] = useState<ProbeView | null>(null);
  const [testing, setTesting] = useState(false);
  const accountId = account.id;
  const swapWith = async (other: AccountView) => {
    await update({ accountId, position: other.position });
    await update({ accountId: other.id, position: account.position });
  };
  const test = async () => {
    setTesting(true);
    const outcome = await call('accounts.test', { accountId });
    setTesting(false);
    if (outcome.ok) setProbe(outcome.value);
    else showFailure(words.notChanged, outcome.failure);
  };
  const trust = async (pin: PinnedCertificate) => {
    const outcome = await call('accounts.pinCertificate', { accountId, pin });
    if (outcome.ok) await test();
    else showFailure(words.notChanged, outcome.failure);
  };
  const commitName = () => {
    const trimmed = name.trim();
    if (trimmed === '') setName(account.name);
    else if (trimmed !== account.name) void update({ accountId, name: trimmed });
  };
  return (
    <section className={styles.account} aria-label={account.name}>
      <div className={styles.line}>
        <div className={styles.name}>
          <TextField label={words.name} value={name} onChange={setName} onBlur={commitName} maxLength={100} />
        </div>
        <RadioGroup
          aria-label={words.hue(account.name)}
          orientation="horizontal"
          value={String(account.hue)}
          onChange={(hue) => void update({ accountId, hue: Number(hue) })}
          className={styles.hues ?? ''}
        >
          {words.hues.map((label, hue) => (
            <Radio
              key={label}
              value={String(hue)}
              aria-label={label}
              className={styles.hue ?? ''}
              style={hueStyle(hue)}
            />
          ))}
        </RadioGroup>
        <IconButton
          label={words.up(account.name)}
          size="small"
          isDisabled={!previous}
          onPress={() => (previous ? void swapWith(previous) : undefined)}
        >
          <ArrowUp />
        </IconButton>
        <IconButton
          label={words.down(account.name)}
          size="small"
          isDisabled={!next}
          onPress={() => (next ? void swapWith(next) : undefined)}
        >
          <ArrowDown />
        </IconButton>
      </div>
      <p className={styles.server}>
        {account.server
          ? words.server(account.server.user, account.server.host, account.server.port)
          : words.local}
      </p>
      {account.server ? <Sending account={account} /> : null}
      <IdentitySettings account={account} />
      {account.pinnedCertificates.length > 0 ? <Pinned account={account} /> : null}
      <div className={styles.buttons}>
        {account.server ? (
          <>
            <Switch
              label={words.paused}
              isSelected={account.state !== 'paused'}
              onChange={(on) => void update({ accountId, paused: !on })}
            />
            <NotifySwitch account={account} />
            <Button size="small" variant="quiet" isPending={testing} onPress={() => void test()}>
              {words.test}
            </Button>
            <Button
              size="small"
              variant="quiet"
              onPress={() => runCommand('account.signIn', { kind: 'account', accountId })}
            >
              {words.signIn}
            </Button>
          </>
        ) : null}
        <Button
          size="small"
          variant="quiet"
          onPress={() => runCommand('account.remove', { kind: 'account', accountId })}
        >
          {words.remove}
        </Button>
      </div>
      {probe ? <ProbeReport probe={probe} onTrust={(pin) => void trust(pin)} /> : null}
    </section>
  );
}

/** Whether new mail of this account is told; stands with the notifications in the settings document. */
function NotifySwitch({ account }: { readonly account: AccountView }) {
  const { notifications } = useSettings();
  const silent = notifications.silentAccounts ?? [];
  const others = silent.filter((id) => id !== account.id);
  return (
    <Switch
      label={words.notify}
      isSelected={!silent.includes(account.id)}
      onChange={(on) =>
        void saveSettings({
          notifications: { ...notifications, silentAccounts: on ? others : [...others, account.id] },
        })
      }
    />
  );
}

/** Where it sends; changed in a dialog of its own, which tests first. */
function Sending({ account: { id, submission } }: { readonly account: AccountView }) {
  const label = submission ? words.changeSending : words.setUpSending;
  return (
    <div className={styles.sending}>
      <p className={styles.server}>
        {submission
          ? words.sending(submission.host, submission.port, setupStrings.securityOptions[submission.security])
          : words.sendingNone}
      </p>
      <Button
        size="small"
        variant="quiet"
        aria-label={`${label} ${setupStrings.sendingTitle}`}
        onPress={() => openDialog({ kind: 'submission', accountId: id })}
      >
        {label}
      </Button>
    </div>
  );
}

function Pinned({ account }: { readonly account: AccountView }) {
  const unpin = async (pin: AccountView['pinnedCertificates'][number]) => {
    const outcome = await call('accounts.unpinCertificate', { accountId: account.id, pin });
    if (!outcome.ok) showFailure(words.notChanged, outcome.failure);
  };
  return (
    <div>
      <p className={styles.server}>{words.pinned}</p>
      <ul>
        {account.pinnedCertificates.map((pin) => (
          <li key={`${pin.host}:${pin.port}${pin.fingerprint}`} className={styles.pin}>
            <span data-selectable>
              {pin.host}:{pin.port} <code>{pin.fingerprint}</code>
            </span>
            <IconButton label={words.unpin(pin.host)} size="small" onPress={() => void unpin(pin)}>
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
