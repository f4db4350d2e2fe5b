import { expect, test } from 'vitest';
import { canRun, registerCommand, runCommand } from './registry';

test('the newest registration that can run wins, and older ones come back', () => {
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
