import { expect, test } from 'vitest';
import type { ImapCheckpoint, MailboxStatus } from '../../shared/observation';
import { type MailboxPolicy, planPull } from './plan-pull';

const NONE = { condstore: false, qresync: false };
const CONDSTORE = { condstore: true, qresync: false };
const QRESYNC = { condstore: true, qresync: true };

const at = (over: Partial<ImapCheckpoint> = {}): ImapCheckpoint => ({
  protocol: 'imap',
  uidValidity: '1',
  uidNext: 101,
  highestModseq: '500',
  doneRanges: [[1, 100]],
  backfillComplete: true,
  flagScanUid: 1,
  ...over,
});
const is = (over: Partial<MailboxStatus> = {}): MailboxStatus => ({
  messages: 100,
  unseen: 0,
  uidNext: 101,
  uidValidity: '1',
  highestModseq: '500',
  ...over,
});
const partial = at({ backfillComplete: false, doneRanges: [[51, 100]] });

type Row = [string, ImapCheckpoint | null, MailboxStatus, typeof NONE, MailboxPolicy, number, string];
const rows: Row[] = [
  ['never synced', null, is(), QRESYNC, 'everything', 0, 'initial'],
  ['never synced, condstore', null, is(), CONDSTORE, 'everything', 0, 'initial'],
  ['never synced, plain', null, is(), NONE, 'everything', 0, 'initial'],
  ['never synced, empty', null, is({ messages: 0, uidNext: 1 }), QRESYNC, 'everything', 0, 'initial'],
  ['never synced, headers only', null, is(), QRESYNC, 'headers', 0, 'initial'],
  ['never synced, off', null, is(), QRESYNC, 'off', 0, 'nothing'],
  ['off with a checkpoint', at(), is({ uidNext: 200 }), QRESYNC, 'off', 100, 'nothing'],
  ['off with other validity', at(), is({ uidValidity: '2' }), QRESYNC, 'off', 100, 'nothing'],
  ['unchanged', at(), is(), QRESYNC, 'everything', 100, 'nothing'],
  ['unchanged, condstore', at(), is(), CONDSTORE, 'everything', 100, 'nothing'],
  ['unchanged, text only', at(), is(), CONDSTORE, 'text', 100, 'nothing'],
  [
    'unchanged, empty mailbox',
    at({ uidNext: 1, doneRanges: [] }),
    is({ messages: 0, uidNext: 1 }),
    QRESYNC,
    'everything',
    0,
    'nothing',
  ],
  ['unread counter alone does not matter', at(), is({ unseen: 9 }), QRESYNC, 'everything', 100, 'nothing'],
  [
    'plain server is always compared',
    at({ highestModseq: null }),
    is({ highestModseq: null }),
    NONE,
    'everything',
    100,
    'window-scan',
  ],
  [
    'plain server with new mail',
    at({ highestModseq: null }),
    is({ highestModseq: null, uidNext: 102 }),
    NONE,
    'everything',
    100,
    'window-scan',
  ],
  ['modseq given but not advertised', at(), is(), NONE, 'everything', 100, 'window-scan'],
  [
    'NOMODSEQ on a condstore server',
    at(),
    is({ highestModseq: null }),
    CONDSTORE,
    'everything',
    100,
    'window-scan',
  ],
  [
    'NOMODSEQ on a qresync server',
    at(),
    is({ highestModseq: null }),
    QRESYNC,
    'everything',
    100,
    'window-scan',
  ],
  [
    'modseq went backwards',
    at(),
    is({ highestModseq: '499' }),
    QRESYNC,
    'everything',
    100,
    'window-scan full',
  ],
  [
    'modseq went backwards, condstore',
    at(),
    is({ highestModseq: '1' }),
    CONDSTORE,
    'everything',
    100,
    'window-scan full',
  ],
  [
    'backwards by length, not by text',
    at({ highestModseq: '1000' }),
    is({ highestModseq: '999' }),
    QRESYNC,
    'everything',
    100,
    'window-scan full',
  ],
  [
    'forwards by length, not by text',
    at({ highestModseq: '999' }),
    is({ highestModseq: '1000' }),
    QRESYNC,
    'everything',
    100,
    'qresync',
  ],
  [
    '63-bit modseq',
    at({ highestModseq: '9223372036854775806' }),
    is({ highestModseq: '9223372036854775807' }),
    QRESYNC,
    'everything',
    100,
    'qresync',
  ],
  [
    '63-bit modseq backwards',
    at({ highestModseq: '9223372036854775807' }),
    is({ highestModseq: '9223372036854775806' }),
    QRESYNC,
    'everything',
    100,
    'window-scan full',
  ],
  [
    'baseline without modseq',
    at({ highestModseq: null }),
    is(),
    QRESYNC,
    'everything',
    100,
    'window-scan full',
  ],
  [
    'baseline without modseq, condstore',
    at({ highestModseq: null }),
    is(),
    CONDSTORE,
    'everything',
    100,
    'window-scan full',
  ],
  [
    'new mail',
    at(),
    is({ messages: 101, uidNext: 102, highestModseq: '501' }),
    QRESYNC,
    'everything',
    100,
    'qresync',
  ],
  [
    'new mail, condstore, nothing removed',
    at(),
    is({ messages: 101, uidNext: 102, highestModseq: '501' }),
    CONDSTORE,
    'everything',
    100,
    'condstore',
  ],
  [
    'new mail that was removed again',
    at(),
    is({ uidNext: 102, highestModseq: '502' }),
    CONDSTORE,
    'everything',
    100,
    'condstore compare',
  ],
  [
    'one arrived, one removed',
    at(),
    is({ messages: 100, uidNext: 102, highestModseq: '502' }),
    CONDSTORE,
    'everything',
    100,
    'condstore compare',
  ],
  ['flags changed', at(), is({ highestModseq: '501' }), QRESYNC, 'everything', 100, 'qresync'],
  ['flags changed, condstore', at(), is({ highestModseq: '501' }), CONDSTORE, 'everything', 100, 'condstore'],
  ['removed', at(), is({ messages: 99, highestModseq: '501' }), QRESYNC, 'everything', 100, 'qresync'],
  [
    'removed, condstore',
    at(),
    is({ messages: 99, highestModseq: '501' }),
    CONDSTORE,
    'everything',
    100,
    'condstore compare',
  ],
  [
    'removed without a new modseq',
    at(),
    is({ messages: 99 }),
    QRESYNC,
    'everything',
    100,
    'condstore compare',
  ],
  ['we hold fewer than the server', at(), is(), QRESYNC, 'everything', 98, 'condstore compare'],
  ['we hold more than the server', at(), is(), CONDSTORE, 'everything', 103, 'condstore compare'],
  ['validity changed', at(), is({ uidValidity: '2' }), QRESYNC, 'everything', 100, 'revalidate'],
  [
    'validity changed, plain',
    at({ highestModseq: null }),
    is({ uidValidity: '2', highestModseq: null }),
    NONE,
    'everything',
    100,
    'revalidate',
  ],
  [
    'validity changed during backfill',
    partial,
    is({ uidValidity: '2' }),
    CONDSTORE,
    'everything',
    50,
    'revalidate',
  ],
  ['first sync goes on', partial, is(), QRESYNC, 'everything', 50, 'backfill'],
  ['first sync goes on, condstore', partial, is(), CONDSTORE, 'headers', 50, 'backfill'],
  [
    'new mail during first sync comes first',
    partial,
    is({ messages: 101, uidNext: 102, highestModseq: '501' }),
    QRESYNC,
    'everything',
    50,
    'qresync',
  ],
  [
    'flags during first sync come first',
    partial,
    is({ highestModseq: '501' }),
    CONDSTORE,
    'everything',
    50,
    'condstore compare',
  ],
  [
    'removal during first sync',
    partial,
    is({ messages: 99, highestModseq: '502' }),
    QRESYNC,
    'everything',
    50,
    'qresync',
  ],
];

test('SYNC-070 the plan of a pull is a pure table of at least 40 cases', () => {
  expect(rows.length).toBeGreaterThanOrEqual(40);
  for (const [name, checkpoint, status, capabilities, policy, knownCount, expected] of rows) {
    const plan = planPull({ checkpoint, status, capabilities, policy, knownCount });
    const said =
      plan.kind === 'condstore' && plan.compareUids
        ? 'condstore compare'
        : plan.kind === 'window-scan' && plan.full
          ? 'window-scan full'
          : plan.kind;
    expect([name, said]).toEqual([name, expected]);
  }
});

test.each([
  ['few changes in a large mailbox', at(), is({ highestModseq: '20500' }), 20_000, {}],
  ['many changes in a small mailbox', at(), is({ highestModseq: '90000' }), 10_000, {}],
  ['many changes in a large mailbox', at(), is({ highestModseq: '20501' }), 10_001, { inSlices: true }],
  [
    'more than a number can say',
    at(),
    is({ highestModseq: '9223372036854775807' }),
    10_001,
    { inSlices: true },
  ],
  [
    'one that was begun',
    at({ catchUp: { modseq: '600', uid: 7 } }),
    is({ highestModseq: '601' }),
    100,
    { inSlices: true },
  ],
] as const)(
  'a gap is taken in slices where it is too large for one go: %s',
  (_name, checkpoint, status, knownCount, more) => {
    const situation = {
      checkpoint,
      status: { ...status, messages: knownCount },
      policy: 'everything' as const,
      knownCount,
    };
    expect(planPull({ ...situation, capabilities: QRESYNC })).toEqual({ kind: 'qresync', ...more });
    expect(planPull({ ...situation, capabilities: CONDSTORE })).toEqual({
      kind: 'condstore',
      compareUids: false,
      ...more,
    });
  },
);
