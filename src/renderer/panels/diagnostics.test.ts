import { expect, test } from 'vitest';
import type { PendingView } from '../../shared/contract/views';
import { AccountId, ChangeId, GestureId, MessageId } from '../../shared/domain';
import { diagnosticsOf } from './diagnostics';

test('diagnostics of changes hold no personal data', () => {
  const change: PendingView = {
    id: ChangeId.parse(1),
    gestureId: GestureId.parse('g'),
    accountId: AccountId.parse(1),
    state: 'parked',
    title: 'Move to SECRET',
    kind: 'move',
    origin: 'user',
    messages: [{ id: MessageId.parse(1), subject: 'SECRET', from: 'SECRET <secret@b.example>' }],
    targetCount: 12,
    createdAt: 0,
    attempts: 2,
    nextAttemptAt: null,
    failure: {
      kind: 'rejected',
      message: 'SECRET',
      serverText:
        'NO [NOPERM] "SECRET folder" of <secret@b.example> at mail.secret.example (10.0.0.7): denied',
      hint: 'SECRET',
    },
    troubled: true,
    serverMailboxIds: [],
    retryable: true,
    alternatives: [],
  };
  const text = diagnosticsOf([change]);
  expect(text).not.toMatch(/secret/i);
  expect(JSON.parse(text).changes).toMatchObject([
    { kind: 'move', attempts: 2, messages: 12, failure: { kind: 'rejected' } },
  ]);
  expect(JSON.parse(text).changes).toMatchObject([
    { failure: { server: 'NO [NOPERM] "…" of <…> at … (…): denied' } },
  ]);
});
