import type { BodyView } from '../../src/shared/contract/views';
import { MessageId } from '../../src/shared/domain';
import { hasAttachment } from './fake-lists';
import { type FakeMail, pick, senderOf, snippetOf } from './fake-mail';
import { LETTER, NEWSLETTER, QUOTE } from './fake-words';

/** Text for most, a newsletter for every fifth message; attachments where the row says so. */
export function fakeBody(
  mail: FakeMail,
  messageId: number,
  remoteSenders: readonly string[],
): BodyView | null {
  const message = mail.messages.get(messageId);
  if (!message) return null;
  const sender = senderOf(message, mail.accounts);
  const verdict =
    (['verified', 'unverified', 'verified', 'suspicious'] as const)[pick(messageId, 30, 4)] ?? 'unverified';
  return {
    messageId: MessageId.parse(messageId),
    segments: [
      { kind: 'text', text: `${snippetOf(message)}\n\n${LETTER}` },
      { kind: 'quote', text: QUOTE },
      { kind: 'signature', text: '-- \nBob Lindqvist\nHarbour planning, pier 3' },
    ],
    html: message.from >= 0 && messageId % 5 === 0 ? NEWSLETTER : null,
    truncated: false,
    moreHere: false,
    attachments: hasAttachment(message)
      ? [
          {
            index: 0,
            filename: 'berth-plan.pdf',
            mediaType: 'application/pdf',
            size: 184_000,
            contentId: null,
            inline: false,
            state: 'here',
            danger: null,
          },
          {
            index: 1,
            filename: 'pier.png',
            mediaType: 'image/png',
            size: 92_000,
            contentId: null,
            inline: false,
            state: 'not-downloaded',
            danger: null,
          },
        ]
      : [],
    protection: 'none',
    authentication: {
      verdict,
      domain: sender.address.split('@')[1] ?? null,
      results: [{ method: 'dkim', result: verdict === 'suspicious' ? 'fail' : 'pass', detail: '' }],
    },
    remoteAllowed: remoteSenders.includes(sender.address),
    unsubscribe: { http: null, mailto: null, oneClick: false },
    charset: 'utf-8',
  };
}
