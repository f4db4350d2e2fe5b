import { expect, test } from 'vitest';
import type { MailboxId } from '../../shared/domain';
import {
  canRun,
  readyCommand,
  registerCommand,
  registerCommandsOn,
  runCommand,
  runWhenKnown,
} from './registry';

test('UI-093 commands: the newest registration that can run wins, and older ones come back', () => {
  const ran: string[] = [];
  let useful = true;
  const endFirst = registerCommand('mail.archive', () => ran.push('list'));
  const endSecond = registerCommand(
    'mail.archive',
    () => ran.push('reader'),
    () => useful,
  );
  runCommand('mail.archive');
  useful = false;
  runCommand('mail.archive');
  useful = true;
  endSecond();
  runCommand('mail.archive');
  expect(ran).toEqual(['reader', 'list', 'list']);
  endFirst();
  expect([canRun('mail.archive'), runCommand('mail.archive')]).toEqual([false, false]);
});

test('UI-093 commands: what is asked for before anything can do it is done once, as soon as something can', () => {
  const done: string[] = [];
  runWhenKnown('compose.new');
  const undo = registerCommand('compose.new', () => done.push('first'));
  expect(done).toEqual(['first']);
  const undoSecond = registerCommand('compose.new', () => done.push('second'));
  expect(done).toEqual(['first']);
  runWhenKnown('compose.new');
  expect(done).toEqual(['first', 'second']);
  undo();
  undoSecond();
  const undoThird = registerCommand(
    'compose.new',
    () => done.push('third'),
    () => false,
  );
  runWhenKnown('compose.new');
  undoThird();
  registerCommand('compose.new', () => done.push('fourth'))();
  expect(done).toEqual(['first', 'second']);
});

test('a target says what a command acts on; without one it is what is meant now, and the title is that of its state', () => {
  const paused = new Set([2]);
  const done: string[] = [];
  let meant: number | null = 1;
  const end = registerCommandsOn<number>(() => ({
    subjectOf: (target) =>
      target === undefined ? meant : target.kind === 'mailbox' ? (target.mailboxId as number) : null,
    actions: {
      'account.pause': {
        can: (id) => id !== 3,
        variant: (id) => (paused.has(id) ? 'paused' : null),
        run: (id) => done.push(`pause ${id}`),
      },
    },
  }));
  const mailbox = (id: number) => ({ kind: 'mailbox', mailboxId: id as MailboxId }) as const;
  const titles = [undefined, mailbox(2), mailbox(3)].map(
    (each) => readyCommand('account.pause', each)?.title,
  );
  expect(titles).toEqual(['Pause account', 'Resume account', undefined]);
  runCommand('account.pause');
  runCommand('account.pause', mailbox(2));
  runCommand('account.pause', { kind: 'search', query: 'of another kind' });
  meant = null;
  runCommand('account.pause');
  end();
  expect(done).toEqual(['pause 1', 'pause 2']);
  expect(canRun('account.pause', mailbox(2))).toBe(false);
});

test('a command that takes no target does not run on one', () => {
  const end = registerCommand('sync.panel', () => {});
  expect([canRun('sync.panel'), canRun('sync.panel', { kind: 'search', query: 'x' })]).toEqual([true, false]);
  end();
});
