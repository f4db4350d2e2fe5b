import { expect, test } from 'vitest';
import type { ImapCheckpoint, ObservationBatch, UidRange } from '../../shared/observation';
import { type KnownFacts, reconcile } from './reconcile';

const checkpoint: ImapCheckpoint = {
  protocol: 'imap',
  uidValidity: '1',
  uidNext: 11,
  highestModseq: '9',
  doneRanges: [[1, 10]],
  backfillComplete: true,
  flagScanUid: 1,
};
const batch = (over: Partial<ObservationBatch>): ObservationBatch => ({
  uidValidity: '1',
  added: [],
  flags: [],
  vanished: [],
  listing: null,
  checkpoint,
  backfill: false,
  serverTotal: 10,
  ...over,
});
const known: KnownFacts = { uidValidity: '1', knownUids: [[1, 10]], busyUids: [] };

test.each<[string, Partial<ObservationBatch>, Partial<KnownFacts>, readonly UidRange[]]>([
  ['nothing said, nothing removed', {}, {}, []],
  ['the server said they vanished', { vanished: [[3, 4]] }, {}, [[3, 4]]],
  ['a vanished span is never expanded', { vanished: [[1, 4_294_967_295]] }, {}, [[1, 4_294_967_295]]],
  [
    'missing from a complete listing',
    {
      listing: [
        [1, 6],
        [9, 10],
      ],
    },
    {},
    [[7, 8]],
  ],
  ['an empty complete listing', { listing: [] }, {}, [[1, 10]]],
  ['unknown UIDs in the listing do not matter', { listing: [[1, 20]] }, {}, []],
  [
    'being sent: absence proves nothing (SYNC-088)',
    { listing: [[1, 6]] },
    { busyUids: [[8, 8]] },
    [
      [7, 7],
      [9, 10],
    ],
  ],
  ['vanished while being sent', { vanished: [[8, 8]] }, { busyUids: [[8, 8]] }, []],
  ['a listing under a new validity (SYNC-082)', { uidValidity: '2', listing: [[1, 2]] }, {}, []],
  ['the first batch of a mailbox', { listing: [[1, 2]] }, { uidValidity: null, knownUids: [] }, []],
])('reconcile: %s', (_name, over, other, expected) => {
  expect(reconcile(batch(over), { ...known, ...other }).remove).toEqual(expected);
});

test('what a new validity left unfound is dropped only after a complete pass (SYNC-082)', () => {
  const partial = batch({
    uidValidity: '2',
    checkpoint: { ...checkpoint, uidValidity: '2', backfillComplete: false },
  });
  expect(reconcile(partial, known)).toMatchObject({ newValidity: '2', dropUnverified: false, remove: [] });
  const complete = batch({ uidValidity: '2', checkpoint: { ...checkpoint, uidValidity: '2' } });
  expect(reconcile(complete, { ...known, uidValidity: '2' })).toMatchObject({
    newValidity: null,
    dropUnverified: true,
  });
});
