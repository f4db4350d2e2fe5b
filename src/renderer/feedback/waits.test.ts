import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { METHODS, type MethodName } from '../../shared/contract/methods';
import { call, setCallBridge } from '../transport/call';
import { useRunning } from './running-work';
import { WAITED, watchWaits } from './waits';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Why a call that changes something, or needs the network or the host, has no entry of its own in the table. */
const NOT_IN_THE_TABLE: Readonly<Record<string, readonly MethodName[]>> = {
  'followed where it is asked for, with numbers and Cancel': [
    'accounts.probe',
    'accounts.signIn',
    'attachments.request',
    'bodies.request',
    'content.save',
    'mailboxes.change',
    'mutations.apply',
    'mutations.redo',
    'mutations.undo',
    'search.onServer',
    'source.request',
    'sync.now',
  ],
  'part of one that is followed': [
    'accounts.addImap',
    'vault.forget',
    'vault.put',
    'content.stopSaving',
    'mutations.cancel',
    'requests.cancel',
  ],
  'has words of its own from the start, with a way out beside them': [
    'discovery.find',
    'drafts.attach',
    'drafts.detach',
    'drafts.putBytes',
    'oauth.cancel',
    'oauth.finish',
  ],
  'a system dialog is open meanwhile': ['host.becomeDefaultApp', 'window.print'],
  'its place is kept and drawn when it comes': ['content.url', 'viewer.open'],
  'nobody waits: it happens behind what they do': [
    'accounts.inspect',
    'content.drag',
    'drafts.close',
    'drafts.keep',
    'drafts.save',
    'host.info',
    'status.get',
    'sync.looking',
  ],
  'no window asks it': [
    'accounts.test',
    'backup.create',
    'debug.loopDelay',
    'doctor.run',
    'integrity.check',
    'integrity.mend',
    'integrity.noteFullCheck',
    'integrity.state',
    'mutations.undoChange',
    'outbox.putSource',
    'outbox.submitSource',
    'search.catchUp',
    'session.link',
    'session.signOutEverywhere',
    'stats.get',
  ],
};

test('of every call it is decided how somebody who waits for it is told', () => {
  const elsewhere = Object.values(NOT_IN_THE_TABLE).flat();
  const decided = [...Object.keys(WAITED), ...elsewhere].toSorted();
  expect(decided).toEqual([...new Set(decided)]);
  const asked = Object.entries(METHODS).flatMap(([name, { place }]) => (place === 'reader' ? [] : [name]));
  expect(asked.filter((name) => !decided.includes(name))).toEqual([]);
  expect(decided.filter((name) => !Object.hasOwn(METHODS, name))).toEqual([]);
});

test('a call of the table that takes long is in the header of the window until it is answered; any other is not', async () => {
  watchWaits();
  const answers: (() => void)[] = [];
  setCallBridge({
    call: () => new Promise((resolve) => answers.push(() => resolve({ ok: true, value: null }))),
  });
  const shown = () => useRunning.getState().works.map(({ place, doing }) => [place, doing]);
  const removing = call('accounts.remove', { accountId: 1 as never, discardPending: false });
  const saving = call('drafts.close', { draftId: 1 as never });
  await vi.advanceTimersByTimeAsync(300);
  expect(shown()).toEqual([['window', 'Removing the account']]);
  for (const answer of answers) answer();
  await Promise.all([removing, saving]);
  expect(shown()).toEqual([]);
});
