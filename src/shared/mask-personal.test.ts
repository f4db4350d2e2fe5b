import { expect, test } from 'vitest';
import { bugText, maskFailure, maskPersonal } from './mask-personal';

test.each([
  ['Mailbox "Private things" is full', 'Mailbox "…" is full'],
  ['unfinished "Private things', 'unfinished "…"'],
  ['<ada@example.org> has no rights', '<…> has no rights'],
  ['ada@localhost: no', '…: no'],
  ['mx1.example.org says 550 5.7.1', '… says 550 …'],
  ['from fe80::1:2 refused', 'from … refused'],
  ['Rejected, Subject: Dinner at eight', 'Rejected, subject …'],
  ['Quota exceeded (mailbox for user is full)', 'Quota exceeded (mailbox for user is full)'],
])('%s is logged as %s', (said, logged) => {
  expect(maskPersonal(said)).toBe(logged);
});

test('a failure keeps its kind and our words, and loses what the server may have repeated', () => {
  const failure = {
    kind: 'rejected',
    code: 'NOPERM',
    message: 'Other Users/ada@example.org: The server refused it.',
    serverText: 'NO "Dinner" by ada@example.org',
  } as const;
  expect(maskFailure(failure)).toEqual({
    kind: 'rejected',
    code: 'NOPERM',
    message: 'Other Users/…: The server refused it.',
    serverText: 'NO "…" by …',
  });
});

test('an error of ours says where it happened and not what it met', () => {
  const text = bugText(new SyntaxError('Unexpected token, "dear Ada" is not JSON'));
  expect(text).toMatch(/^SyntaxError: Unexpected token, "…" is not JSON\n\s+at /);
  expect(bugText('dear Ada')).toBe('string');
});
