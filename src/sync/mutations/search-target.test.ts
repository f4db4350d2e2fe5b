import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { findPage, giveText, indexEverything } from '../../../test/fakes/searchable-store';
import type { MutationTarget } from '../../shared/contract/mutation';
import { FLAGGED, type MessageId } from '../../shared/domain';
import { createGestures, type Gestures } from './gestures';

let opened: TestStore;
let account: TestAccount;
let gestures: Gestures;
let ids: readonly MessageId[];
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store, 'local');
  const insert = ['red one', 'red two', 'blue', 'red three'].map((subject, at) =>
    observed(at + 1, { headers: { subject } }),
  );
  ids = observe(opened.store, account.inbox, { insert }).added as readonly MessageId[];
  indexEverything(opened.store);
  const { store, clock } = opened;
  gestures = createGestures({ store, clock, random: createFakeRandom(), report: () => {} });
});
afterEach(() => opened.remove());

function target(query: string, except: readonly MessageId[] = []): MutationTarget {
  return {
    kind: 'search',
    query,
    scope: { kind: 'everywhere' },
    includeTrashAndJunk: false,
    except: [...except],
  };
}

const found = (query: string): string[] =>
  findPage(opened.store, query, opened.clock.now()).rows.map(({ subject }) => subject);

test('a gesture concerns the whole result of a search but some, and one undo takes it back', async () => {
  const done = await gestures.apply({
    target: target('red', [ids[1] as MessageId]),
    mutation: { kind: 'keywords', add: [FLAGGED], remove: [] },
    origin: 'user',
  });
  if (!done.ok) throw new Error('refused');
  expect(done.value.affected).toBe(2);
  expect(found('is:starred')).toEqual(['red three', 'red one']);
  await gestures.undo(done.value.gestureId);
  expect(found('is:starred')).toEqual([]);
});

test('what is moved by a search is where it was sent, and found there', async () => {
  const done = await gestures.apply({
    target: target('red in:inbox'),
    mutation: { kind: 'archive' },
    origin: 'user',
  });
  expect(done).toMatchObject({ ok: true, value: { affected: 3 } });
  expect(found('red in:archive')).toEqual(['red three', 'red two', 'red one']);
  expect(found('in:inbox')).toEqual(['blue']);
});

test('a search through texts has no whole result; one that finds nothing changes nothing', async () => {
  giveText(opened.store, ids[2] as MessageId, 'xxneedlexx');
  indexEverything(opened.store);
  const mutation = { kind: 'keywords', add: [FLAGGED], remove: [] } as const;
  const hit = await gestures.apply({ target: target('body:"~needle~"'), mutation, origin: 'user' });
  expect(hit).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
  const miss = await gestures.apply({ target: target('nowhere'), mutation, origin: 'user' });
  expect(miss).toMatchObject({ ok: true, value: { affected: 0 } });
});
