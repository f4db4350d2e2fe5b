import { afterEach, describe, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import {
  CONFLICT_POLICY,
  type ConflictIntent,
  type ConflictOutcome,
  type ConflictRow,
} from '../../shared/conflict-policy';
import type { Mutation } from '../../shared/contract/mutation';
import type { MailboxId, MailboxRole } from '../../shared/domain';
import {
  type Intent,
  type PlacementFact,
  type Resolution,
  resolveConflict,
  type TargetFacts,
} from './resolve-conflict';

const [A, B, C] = [1, 2, 3] as MailboxId[] as [MailboxId, MailboxId, MailboxId];
const place = (
  mailboxId: MailboxId,
  keywords: string[] = [],
  role: MailboxRole | null = null,
): PlacementFact => ({
  mailboxId,
  role,
  keywords,
  verified: true,
});
const facts = (...placements: PlacementFact[]): TargetFacts => ({
  placements,
  orphaned: false,
  destinationExists: true,
});
const gone: TargetFacts = facts();
const orphan: TargetFacts = { ...facts(), orphaned: true };
const unverified: TargetFacts = facts({ ...place(A), verified: false });

const star: Intent = { kind: 'keywords', add: ['$flagged'], remove: [] };
const unread: Intent = { kind: 'keywords', add: [], remove: ['$seen'] };
const move: Intent = { kind: 'move', from: A, to: B, aim: 'mailbox' };
const archive: Intent = { kind: 'move', from: A, to: B, aim: 'role' };
const destroy: Intent = { kind: 'delete', from: A };

const push = (...mailboxIds: MailboxId[]): Resolution => ({ action: 'push', mailboxIds });
const settle: Resolution = { action: 'settle' };
const wait: Resolution = { action: 'wait' };
const park = (
  reason: Extract<Resolution, { action: 'park' }>['reason'],
  mailboxId: MailboxId | null = null,
): Resolution => ({
  action: 'park',
  reason,
  mailboxId,
});

test.each<[string, Intent, TargetFacts, Resolution]>([
  ['unchanged × keyword', star, facts(place(A)), push(A)],
  ['unchanged × keyword, two copies', star, facts(place(A), place(C)), push(A, C)],
  ['unchanged × move', move, facts(place(A)), push(A)],
  ['unchanged × delete', destroy, facts(place(A)), push(A)],
  ['same already made × keyword', star, facts(place(A, ['$flagged'])), settle],
  ['same already made × one of two copies', star, facts(place(A, ['$flagged']), place(C)), push(C)],
  ['same already made × removed keyword', unread, facts(place(A)), settle],
  ['same already made × move', move, facts(place(B)), settle],
  ['same already made × delete', destroy, gone, settle],
  ['other keyword changed × keyword', star, facts(place(A, ['$seen'])), push(A)],
  ['other keyword changed × delete', destroy, facts(place(A, ['$seen'])), push(A)],
  ['same keyword changed the other way: ours is pushed', unread, facts(place(A, ['$seen'])), push(A)],
  ['moved to C × keyword', star, facts(place(C)), push(C)],
  ['moved to C × move', move, facts(place(C)), park('moved-elsewhere', C)],
  ['moved to C × archive: the aim was the destination', archive, facts(place(C)), push(C)],
  ['moved to trash × archive', archive, facts(place(C, [], 'trash')), park('moved-elsewhere', C)],
  ['moved to C × delete', destroy, facts(place(C)), park('moved-elsewhere', C)],
  ['moved to trash × delete', destroy, facts(place(C, [], 'trash')), settle],
  ['moved to junk × delete', destroy, facts(place(C, [], 'junk')), settle],
  ['copy added in C × keyword', star, facts(place(A), place(C)), push(A, C)],
  ['copy added in C × move: A is replaced, C stays', move, facts(place(A), place(C)), push(A)],
  ['copy added in C × delete: only what it saw', destroy, facts(place(A), place(C)), push(A)],
  ['copied to the destination, source still there', move, facts(place(A), place(B)), push(A)],
  ['gone × keyword: nothing left to mark', star, gone, settle],
  ['gone × move', move, gone, park('deleted-elsewhere')],
  ['maybe moved × keyword', star, orphan, wait],
  ['maybe moved × move', move, orphan, wait],
  ['maybe moved × delete', destroy, orphan, wait],
  ['validity changed × keyword', star, unverified, wait],
  ['validity changed × move', move, unverified, wait],
  ['validity changed × delete: never by UID alone', destroy, unverified, wait],
  [
    'destination gone × move',
    move,
    { ...facts(place(A)), destinationExists: false },
    park('destination-gone'),
  ],
  [
    'destination gone × move that already happened',
    move,
    { ...facts(place(B)), destinationExists: false },
    settle,
  ],
])('conflict table: %s', (_name, intent, target, expected) => {
  expect(resolveConflict(intent, target)).toEqual(expected);
});

type Fact = (typeof CONFLICT_POLICY)[number]['fact'];
type EngineIntent = 'keywords' | 'move' | 'delete';
const INTENTS: Readonly<Record<EngineIntent, Intent>> = { keywords: star, move, delete: destroy };
const each = (target: TargetFacts): Record<EngineIntent, TargetFacts> => ({
  keywords: target,
  move: target,
  delete: target,
});

/**
 * Every fact of the policy as the engine meets it; the type demands one for each row. 'answer' = only the server's
 * answer tells, so the change is sent and its refusal decides; 'later' = comes with writing mail.
 */
const MET_AS: Readonly<Record<Fact, Partial<Record<EngineIntent, TargetFacts>> | 'answer' | 'writing'>> = {
  unchanged: each(facts(place(A))),
  'same-change': { keywords: facts(place(A, ['$flagged'])), move: facts(place(B)), delete: gone },
  'other-keyword-changed': each(facts(place(A, ['$seen']))),
  // Another device took the star away again: ours is set on what is there now.
  'same-keyword-opposed': { keywords: facts(place(A)) },
  'moved-elsewhere': each(facts(place(C))),
  'copied-elsewhere': each(facts(place(A), place(C))),
  gone: each(gone),
  renumbered: each(unverified),
  // The folder keeps its own id under its new name.
  'destination-renamed': { move: facts(place(A)) },
  'destination-deleted': { move: { ...facts(place(A)), destinationExists: false } },
  'source-deleted': each(gone),
  'read-only': 'answer',
  // Nothing about the message differs: it is sent, and only a copy could be refused.
  'over-quota': each(facts(place(A))),
  'draft-edited-elsewhere': 'writing',
  'draft-sent-elsewhere': 'writing',
};

/** What the engine calls it; a mark nobody can be given any more is settled with a note in the history. */
const ACTIONS: Partial<Record<ConflictOutcome, Resolution['action']>> = {
  push: 'push',
  settle: 'settle',
  drop: 'settle',
  wait: 'wait',
  park: 'park',
};

/** Drafts and what is to be sent are decided where they are saved and sent, and their tests are there. */
const isAboutWriting = (fact: string, intent: ConflictIntent) =>
  intent === 'draft' || intent === 'submit' || fact.startsWith('draft-');

const cells = (CONFLICT_POLICY as readonly ConflictRow[]).flatMap(({ fact, cells: row }) =>
  (Object.keys(row) as ConflictIntent[])
    .filter((intent) => !isAboutWriting(fact, intent))
    .map((intent) => ({ fact: fact as Fact, intent: intent as EngineIntent, outcome: row[intent]?.outcome })),
);

test.each(cells.filter(({ fact }) => MET_AS[fact] !== 'answer'))(
  'SYNC-264 the page says what the engine does: $fact × $intent',
  ({ fact, intent, outcome }) => {
    const met = MET_AS[fact];
    const target = typeof met === 'string' ? undefined : met[intent];
    expect(target, 'the cell has facts').toBeDefined();
    expect(resolveConflict(INTENTS[intent], target as TargetFacts).action).toBe(
      ACTIONS[outcome as ConflictOutcome],
    );
  },
);

describe('what only the answer of the server tells', () => {
  let engine: TestEngine;
  afterEach(() => engine.close());
  const mutations: Readonly<Record<EngineIntent, (archive: MailboxId) => Mutation>> = {
    keywords: () => ({ kind: 'keywords', add: ['$flagged'], remove: [] }),
    move: (toMailboxId) => ({ kind: 'move', toMailboxId, fromMailboxId: null }),
    delete: () => ({ kind: 'delete' }),
  };

  test.each(cells.filter(({ fact }) => MET_AS[fact] === 'answer'))(
    'SYNC-264 the page says what the engine does: $fact × $intent',
    async ({ intent, outcome }) => {
      engine = await openTestEngine((connector) => ({
        ...connector,
        push: async () => ({ ok: false, failure: { kind: 'rejected', message: 'Not allowed.' } }),
      }));
      engine.deliver('letter', 'Junk');
      await engine.pass(3_000);
      await engine.mutate('letter', mutations[intent](engine.mailboxId('Archive')));
      await engine.pass(2_000);
      const states = engine.store.read.prepare('SELECT state FROM pending_changes').pluck().all();
      expect([outcome, states]).toEqual(['park', ['parked']]);
      expect(engine.subjects('Junk')).toEqual(['letter']);
    },
  );
});
