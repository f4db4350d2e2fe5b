import type { MailboxView } from '../../shared/contract/views';
import { showFailure } from '../feedback/undo';
import { mailboxName } from '../list/list-title';
import { closeDialog } from '../state/ui-store';
import { folderStrings } from '../strings/folders';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Select } from '../ui/select';
import { ageChoices } from './folder-rules';
import styles from './keep-folder-dialog.module.css';

const words = folderStrings.keep;
const POLICIES = (Object.keys(words.policies) as MailboxView['policy'][]).map((value) => ({
  value,
  label: words.policies[value],
}));

/** What of a folder is kept on this computer, and how far back (APP-036); a choice holds at once. */
export function KeepFolderDialog({ mailbox }: { readonly mailbox: MailboxView }) {
  const { id: mailboxId, policy, ageLimitDays } = mailbox;
  const choose = async (change: Partial<Pick<MailboxView, 'policy' | 'ageLimitDays'>>) => {
    const outcome = await call('mailboxes.setPolicy', { mailboxId, ...change });
    if (!outcome.ok) showFailure(words.failed, outcome.failure);
  };
  return (
    <Dialog
      title={words.title(mailboxName(mailbox))}
      onClose={closeDialog}
      actions={<Button onPress={closeDialog}>{words.close}</Button>}
    >
      <div className={styles.choices}>
        <Select
          label={words.what}
          value={policy}
          options={POLICIES}
          description={words.about[policy]}
          onChange={(value) => void choose({ policy: value })}
        />
        {(policy === 'text' || policy === 'everything') && (
          <Select
            label={words.age}
            value={String(ageLimitDays)}
            options={ageChoices(ageLimitDays).map((days) => ({
              value: String(days),
              label: days === null ? words.anyAge : words.days(days),
            }))}
            description={words.aboutAge}
            onChange={(value) => void choose({ ageLimitDays: value === 'null' ? null : Number(value) })}
          />
        )}
      </div>
    </Dialog>
  );
}
