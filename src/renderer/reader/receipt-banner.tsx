import { useEffect, useRef } from 'react';
import type { MessageView } from '../../shared/contract/views';
import { spelledOut } from '../../shared/shown-name';
import { showFailure } from '../feedback/undo';
import { useStoredSettings } from '../settings/use-settings';
import { composeStrings } from '../strings/compose';
import { listed } from '../strings/plural';
import { call } from '../transport/call';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { nameOf } from './people';

/**
 * The sender wants to be told that it was read (RFC 8098, APP-105): answers by the setting, and is true when a person has
 * to be asked. Never by itself where the receipt would go elsewhere than the message came from.
 */
export function useReceiptQuestion({ receipt, id: messageId }: MessageView): boolean {
  const setting = useStoredSettings()?.readReceipts;
  const decided = receipt === null ? null : decide(receipt, setting);
  const answered = useRef(false);
  useEffect(() => {
    if (decided === null || answered.current) return;
    answered.current = true;
    void call('receipts.answer', { messageId, send: decided === 'send' });
  }, [decided, messageId]);
  return receipt !== null && setting !== undefined && decided === null;
}

/** The question whether to tell the sender. */
export function ReceiptBanner({ message }: { readonly message: MessageView }) {
  const { receipt, id: messageId } = message;
  const answer = async (send: boolean) => {
    const outcome = await call('receipts.answer', { messageId, send });
    if (!outcome.ok) showFailure(composeStrings.notAnswered, outcome.failure);
  };
  if (receipt === null) return null;
  const to = listed(receipt.to.map(({ address }) => spelledOut(address)));
  return (
    <Banner
      tone={receipt.mismatch ? 'warning' : 'info'}
      actions={
        <>
          <Button size="small" variant="quiet" onPress={() => void answer(false)}>
            {composeStrings.noReceipt}
          </Button>
          <Button size="small" variant="quiet" onPress={() => void answer(true)}>
            {composeStrings.sendReceipt}
          </Button>
        </>
      }
    >
      {composeStrings.receiptAsked(nameOf(message.from[0] ?? { name: '', address: '' }))}
      {receipt.mismatch && ` ${composeStrings.receiptMismatch(to)}`}
    </Banner>
  );
}

/** What the setting decides without asking; null = the person does. */
function decide(
  { mismatch, known }: NonNullable<MessageView['receipt']>,
  setting: 'ask' | 'never' | 'always-for-contacts' | undefined,
): 'send' | 'refuse' | null {
  if (setting === 'never') return 'refuse';
  return setting === 'always-for-contacts' && known && !mismatch ? 'send' : null;
}
