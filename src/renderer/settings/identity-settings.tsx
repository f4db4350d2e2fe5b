import { Pencil, X } from 'lucide-react';
import { useState } from 'react';
import type { IdentityView } from '../../shared/contract/compose-views';
import type { AccountView } from '../../shared/contract/views';
import { useIdentities } from '../compose/identities';
import { showFailure } from '../feedback/undo';
import { settingsStrings } from '../strings/settings';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { IdentityForm } from './identity-form';
import styles from './identity-settings.module.css';

const words = settingsStrings.identities;

/** Whom an account sends as: every From with its signature and where its copies go (APP-012). */
export function IdentitySettings({ account }: { readonly account: AccountView }) {
  const own = useIdentities().filter(({ accountId }) => accountId === account.id);
  const [editing, setEditing] = useState<IdentityView['id'] | 'new' | null>(null);
  const remove = async ({ id }: IdentityView) => {
    const outcome = await call('identities.remove', { id });
    if (!outcome.ok) showFailure(words.notRemoved, outcome.failure);
  };
  const done = () => setEditing(null);
  return (
    <section className={styles.identities} aria-label={words.of(account.name)}>
      <p className={styles.title}>{words.title}</p>
      <ul>
        {own.map((identity) => (
          <li key={identity.id}>
            {editing === identity.id ? (
              <IdentityForm account={account} identity={identity} onDone={done} />
            ) : (
              <div className={styles.line}>
                <bdi className={styles.who}>
                  {identity.name === '' ? identity.address : `${identity.name} <${identity.address}>`}
                </bdi>
                <IconButton
                  size="small"
                  label={words.edit(identity.address)}
                  onPress={() => setEditing(identity.id)}
                >
                  <Pencil />
                </IconButton>
                {own.length > 1 && (
                  <IconButton
                    size="small"
                    label={words.remove(identity.address)}
                    onPress={() => void remove(identity)}
                  >
                    <X />
                  </IconButton>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {editing === 'new' ? (
        <IdentityForm account={account} identity={null} onDone={done} />
      ) : (
        <Button size="small" variant="quiet" onPress={() => setEditing('new')}>
          {words.add}
        </Button>
      )}
    </section>
  );
}
