import { lazy, Suspense, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { IdentityInput, IdentityView } from '../../shared/contract/compose-views';
import type { AccountView } from '../../shared/contract/views';
import { showFailure } from '../feedback/undo';
import { mailboxName } from '../list/list-title';
import { composeStrings } from '../strings/compose';
import { settingsStrings } from '../strings/settings';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import styles from './identity-settings.module.css';

const words = settingsStrings.identities;
const SignatureEditor = lazy(() =>
  import('../compose/editor/rich-editor').then(({ RichEditor }) => ({ default: RichEditor })),
);

const PLACES = ['above-quote', 'below-quote'] as const;

interface IdentityFormProps {
  readonly account: AccountView;
  /** Null = a new one. */
  readonly identity: IdentityView | null;
  onDone(): void;
}

/** Name, address, answers, copies and signature of one From; plus-addresses are addresses like any other (APP-012). */
export function IdentityForm({ account, identity, onDone }: IdentityFormProps) {
  const [draft, setDraft] = useState<IdentityInput>(() => begin(account, identity));
  const [bad, setBad] = useState(false);
  const signature = useRef<(() => string) | null>(null);
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  const change = (patch: Partial<IdentityInput>) => setDraft({ ...draft, ...patch });
  const save = async () => {
    const address = draft.address.trim();
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) return setBad(true);
    const outcome = await call('identities.save', {
      id: identity?.id ?? null,
      identity: {
        ...draft,
        address,
        replyTo: draft.replyTo?.trim() || null,
        signatureHtml: signature.current?.() ?? draft.signatureHtml,
      },
    });
    if (outcome.ok) onDone();
    else showFailure(words.notSaved, outcome.failure);
  };
  const folders = mailboxes.filter(({ accountId, selectable }) => accountId === account.id && selectable);
  return (
    <Form
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={styles.pair}>
        <TextField
          label={words.name}
          value={draft.name}
          onChange={(name) => change({ name })}
          maxLength={200}
          autoFocus
        />
        <TextField
          label={words.address}
          value={draft.address}
          onChange={(address) => {
            setBad(false);
            change({ address });
          }}
          maxLength={320}
          error={bad ? words.badAddress : undefined}
        />
        <TextField
          label={words.replyTo}
          value={draft.replyTo ?? ''}
          onChange={(replyTo) => change({ replyTo })}
          maxLength={320}
        />
        <Select
          label={words.sentFolder}
          value={String(draft.sentMailboxId ?? '')}
          options={[
            { value: '', label: words.sentDefault },
            ...folders.map((mailbox) => ({ value: String(mailbox.id), label: mailboxName(mailbox) })),
          ]}
          onChange={(value) => change({ sentMailboxId: value === '' ? null : Number(value) })}
        />
      </div>
      <Switch label={words.bccSelf} isSelected={draft.bccSelf} onChange={(bccSelf) => change({ bccSelf })} />
      <div>
        <p className={styles.label}>{words.signature}</p>
        <div className={styles.signature}>
          <Suspense fallback={null}>
            <SignatureEditor
              html={identity?.signatureHtml ?? ''}
              label={words.signature}
              cursor={null}
              autoFocus={false}
              onEdit={(read) => {
                signature.current = read;
              }}
              onCursor={() => undefined}
              onFiles={() => undefined}
              onReady={() => undefined}
            />
          </Suspense>
        </div>
      </div>
      <Switch
        label={words.inReplies}
        isSelected={draft.signatureInReplies}
        onChange={(signatureInReplies) => change({ signatureInReplies })}
      />
      {draft.signatureInReplies && (
        <Select
          label={words.place}
          value={draft.signaturePlace}
          options={PLACES.map((value) => ({ value, label: words.places[value] }))}
          onChange={(signaturePlace) => change({ signaturePlace })}
        />
      )}
      <div className={styles.buttons}>
        <Button onPress={onDone}>{composeStrings.cancel}</Button>
        <Button type="submit" variant="primary">
          {words.save}
        </Button>
      </div>
    </Form>
  );
}

function begin(account: AccountView, identity: IdentityView | null): IdentityInput {
  if (identity === null)
    return {
      accountId: account.id,
      name: '',
      address: account.email,
      replyTo: null,
      bccSelf: false,
      signatureHtml: '',
      signaturePlace: 'above-quote',
      signatureInReplies: true,
      sentMailboxId: null,
    };
  const { id: _id, isDefault: _isDefault, ...input } = identity;
  return input;
}
