import { expect, test } from 'vitest';
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
