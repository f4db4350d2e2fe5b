import { expect, test } from 'vitest';
import { canRun, registerCommand, runCommand, runWhenKnown } from './registry';

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
