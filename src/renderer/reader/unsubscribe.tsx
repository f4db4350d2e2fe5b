import { useState } from 'react';
import type { BodyView } from '../../shared/contract/views';
import type { AccountId, MessageId } from '../../shared/domain';
import { useCommand } from '../commands/registry';
import { sendMailto, writeMailto } from '../compose/start-draft';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { askAboutLink } from './links';
import styles from './links.module.css';
import { mailtoParts } from './mailto-parts';

interface UnsubscribeProps {
  readonly messageId: MessageId;
  /** Whose address the list knows. */
  readonly accountId: AccountId;
  readonly offer: BodyView['unsubscribe'];
  /** True for the message the conversation's commands mean. */
  readonly current: boolean;
}

/** True when the message says how its list is left in a way that can be followed. */
export function canLeave(offer: BodyView['unsubscribe']): boolean {
  return (
    offer.oneClick || offer.http !== null || (offer.mailto !== null && mailtoParts(offer.mailto) !== null)
  );
}

/** The way off a list: one click where the server vouches for it, else by mail, else its page (APP-093). */
export function UnsubscribeBanner({ messageId, accountId, offer, current }: UnsubscribeProps) {
  const [step, setStep] = useState<'offered' | 'sending' | 'done' | 'by-mail'>('offered');
  const mail = offer.mailto === null ? null : mailtoParts(offer.mailto);
  const page = offer.http;
  const usable = offer.oneClick || mail !== null || page !== null;

  const leave = async () => {
    if (!offer.oneClick) {
      if (mail !== null) setStep('by-mail');
      else if (page !== null) askAboutLink(page, 'tells-sender');
      return;
    }
    setStep('sending');
    const outcome = await call('messages.unsubscribe', { messageId });
    setStep(outcome.ok ? 'done' : 'offered');
    if (outcome.ok) showToast({ tone: 'done', text: readerStrings.unsubscribed });
    else showFailure(readerStrings.notUnsubscribed, outcome.failure);
  };
  const leaveByMail = async () => {
    setStep('sending');
    const sent = await sendMailto(offer.mailto ?? '', accountId);
    setStep(sent ? 'done' : 'offered');
    if (sent) showToast({ tone: 'done', text: readerStrings.leaveSent });
  };
  useCommand(
    'message.unsubscribe',
    () => void leave(),
    () => current && usable && step === 'offered',
  );

  if (!usable) return null;
  if (step === 'done') return <Banner tone="success">{readerStrings.unsubscribed}</Banner>;
  return (
    <>
      <Banner
        tone="info"
        actions={
          <>
            <Button size="small" variant="quiet" isDisabled={step === 'sending'} onPress={() => void leave()}>
              {step === 'sending' ? readerStrings.unsubscribing : readerStrings.unsubscribe}
            </Button>
            {offer.oneClick && page !== null && (
              <Button size="small" variant="quiet" onPress={() => askAboutLink(page, 'tells-sender')}>
                {readerStrings.listPage}
              </Button>
            )}
          </>
        }
      >
        {readerStrings.fromList}
      </Banner>
      {step === 'by-mail' && mail !== null && (
        <LeaveByMail
          {...mail}
          onClose={() => setStep('offered')}
          onSend={() => void leaveByMail()}
          onWrite={() => {
            setStep('offered');
            void writeMailto(offer.mailto ?? '', accountId);
          }}
        />
      )}
    </>
  );
}

interface LeaveByMailProps {
  readonly to: string;
  readonly subject: string;
  onSend(): void;
  onWrite(): void;
  onClose(): void;
}

/** What will be sent, to whom; nothing leaves before it is confirmed. */
function LeaveByMail({ to, subject, onSend, onWrite, onClose }: LeaveByMailProps) {
  return (
    <Dialog
      title={readerStrings.leaveByMail}
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onWrite}>
            {readerStrings.leaveWrite}
          </Button>
          <Button onPress={onClose}>{readerStrings.cancel}</Button>
          <Button variant="primary" onPress={onSend} autoFocus>
            {readerStrings.leaveSend}
          </Button>
        </>
      }
    >
      <p>{readerStrings.leaveByMailText}</p>
      <dl className={styles.question}>
        <dt>{readerStrings.fields.to}</dt>
        <dd data-selectable>
          <bdi>{to}</bdi>
        </dd>
        {subject !== '' && (
          <>
            <dt>{readerStrings.mailSubject}</dt>
            <dd data-selectable>
              <bdi>{subject}</bdi>
            </dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
