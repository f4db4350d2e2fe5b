import type { DiscoveryView } from '../../shared/contract/discovery';
import type { ImapServer } from '../../shared/contract/methods';
import type { SubmissionSettings } from '../../shared/contract/submission-settings';
import { setupStrings } from '../strings/setup';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { Spoken } from '../ui/live-region';
import styles from './setup.module.css';

interface FoundLineProps {
  readonly email: string;
  readonly found: DiscoveryView;
  readonly server: ImapServer;
  readonly submission: SubmissionSettings | null;
  readonly editing: boolean;
  readonly onEdit: () => void;
  /** The person's word that servers told without encryption are theirs; null once it is given or not needed. */
  readonly onConfirm: (() => void) | null;
  /** Asks the shared list of providers; null where that makes no sense. */
  readonly onAskDatabase: (() => void) | null;
  readonly asking: boolean;
}

/** What was found and who said so, in one line, before anything is sent there (APP-002). */
export function FoundLine(props: FoundLineProps) {
  const { email, found, server, submission, editing, onEdit, onConfirm, onAskDatabase, asking } = props;
  const changed = server !== found.imap || submission !== found.submission;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return (
    <>
      <div className={styles.found}>
        <div>
          <p className={styles.address}>{email}</p>
          <Spoken as="p" className={styles.line}>
            {setupStrings.servers(server, submission)}
            {changed ? '' : setupStrings.saidBy(found)}.
          </Spoken>
        </div>
        <Button
          size="small"
          variant="quiet"
          aria-expanded={editing}
          aria-label={`${editing ? setupStrings.hideServer : setupStrings.changeServer}: ${setupStrings.serverTitle}`}
          onPress={onEdit}
        >
          {editing ? setupStrings.hideServer : setupStrings.changeServer}
        </Button>
      </div>
      {onConfirm ? (
        <Banner
          tone="warning"
          actions={
            <Button size="small" onPress={onConfirm}>
              {setupStrings.confirmServers}
            </Button>
          }
        >
          <p>{setupStrings.unsafeServers(server.host)}</p>
        </Banner>
      ) : null}
      {onAskDatabase ? (
        <Banner
          tone="info"
          actions={
            <Button size="small" isPending={asking} onPress={onAskDatabase}>
              {setupStrings.askDatabase}
            </Button>
          }
        >
          <p>{setupStrings.databaseOffer(domain)}</p>
        </Banner>
      ) : null}
    </>
  );
}
