import { expect, test } from 'vitest';
import type { DraftContent, DraftView } from '../../shared/contract/compose-views';
import { AccountId, DraftId, IdentityId } from '../../shared/domain';
import { fail, ok } from '../../shared/outcome';
import { DraftSession, SAVE_AFTER_MS } from './draft-session';

const CONTENT: DraftContent = {
  identityId: IdentityId.parse(1),
  to: [],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: '',
  format: 'html',
  body: '',
  quote: null,
  cursor: null,
  options: { readReceipt: false, deliveryReceipt: false, priority: 'normal' },
};
const draft = (patch: Partial<DraftView> = {}): DraftView => ({
  id: DraftId.parse(1),
  accountId: AccountId.parse(1),
  kind: 'new',
  quick: false,
  relatedId: null,
  revision: 1,
  savedAt: 0,
  saved: 'computer',
  content: CONTENT,
  attachments: [],
  editedElsewhere: false,
  ...patch,
});

/** A session over a host that answers when it is told to. */
function setUp() {
  const saves: { baseRevision: number; content: DraftContent }[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  let stored = 1;
  const answers: (() => void)[] = [];
  const call = ((method: string, input: { baseRevision: number; content: DraftContent }) => {
    if (method === 'drafts.get') return Promise.resolve(ok(draft({ revision: stored })));
    return new Promise((resolve) => {
      answers.push(() => {
        if (input.baseRevision !== stored) {
          resolve(fail({ kind: 'conflict', message: 'Saved elsewhere.' }));
          return;
        }
        saves.push(input);
        stored += 1;
        resolve(ok({ revision: stored, savedAt: 0 }));
      });
    });
  }) as never;
  const session = new DraftSession(draft(), {
    call,
    later: (run, ms) => {
      const timer = { run, ms };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  });
  return {
    session,
    saves,
    timers,
    tick: () => timers.splice(0).forEach(({ run }) => void run()),
    answer: async () => {
      await settle();
      answers.shift()?.();
      await settle();
    },
    saveElsewhere: () => {
      stored += 1;
    },
  };
}
const settle = async () => {
  for (let at = 0; at < 10; at += 1) await Promise.resolve();
};

test('keys pressed one after the other are saved 400 ms after the first, once, with the newest text', async () => {
  const { session, saves, timers, tick, answer } = setUp();
  session.typed(() => 'a');
  session.typed(() => 'ab');
  expect(timers.map(({ ms }) => ms)).toEqual([SAVE_AFTER_MS]);
  expect(session.snapshot().saved).toBe('writing');
  tick();
  await answer();
  expect(saves.map(({ content }) => content.body)).toEqual(['ab']);
  expect(session.snapshot().saved).toBe('computer');
});

test('what is typed while a save is on its way is saved after it, and flush waits for both', async () => {
  const { session, saves, tick, answer } = setUp();
  session.typed(() => 'one');
  tick();
  await settle();
  session.typed(() => 'one two');
  let flushed = false;
  void session.flush().then(() => {
    flushed = true;
  });
  await answer();
  expect([saves.length, flushed, session.snapshot().saved]).toEqual([1, false, 'writing']);
  await answer();
  expect(saves.map(({ baseRevision, content }) => [baseRevision, content.body])).toEqual([
    [1, 'one'],
    [2, 'one two'],
  ]);
  expect(flushed).toBe(true);
});

test('another window saved in between: what is typed here becomes the newest version', async () => {
  const { session, saves, answer, saveElsewhere } = setUp();
  saveElsewhere();
  session.change({ subject: 'Mine' });
  const done = session.flush();
  await answer();
  await answer();
  expect((await done).ok).toBe(true);
  expect(saves.map(({ baseRevision, content }) => [baseRevision, content.subject])).toEqual([[2, 'Mine']]);
});

test('news of another window are taken over while nothing is unsaved here, and not while something is', () => {
  const { session } = setUp();
  session.observe(draft({ revision: 5, content: { ...CONTENT, body: 'theirs' } }));
  expect(session.snapshot().content.body).toBe('theirs');
  expect(session.snapshot().epoch).toBe(1);
  session.typed(() => 'mine');
  session.observe(draft({ revision: 6, content: { ...CONTENT, body: 'later' } }));
  expect(session.body()).toBe('mine');
  expect(session.snapshot().epoch).toBe(1);
});

test('what the server has is said only of the revision that is on screen', () => {
  const { session } = setUp();
  session.observe(draft({ saved: 'server' }));
  expect(session.snapshot().saved).toBe('server');
  session.change({ subject: 'x' });
  session.observe(draft({ saved: 'server' }));
  expect(session.snapshot().saved).toBe('writing');
});
