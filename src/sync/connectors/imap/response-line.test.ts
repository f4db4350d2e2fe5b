import { expect, test } from 'vitest';
import { boundServerText, readResponseLine, readStatus } from './response-line';

test.each([
  ['A1 OK [READ-WRITE] Done', 'OK', 'READ-WRITE', [], 'Done'],
  ['A1 NO [TRYCREATE] No such mailbox', 'NO', 'TRYCREATE', [], 'No such mailbox'],
  ['* OK [PERMANENTFLAGS (\\Seen [x] \\*)] ok', 'OK', 'PERMANENTFLAGS', [['\\Seen', '[x]', '\\*']], 'ok'],
  ['A1 OK [COPYUID 1 2:3 4:5] moved', 'OK', 'COPYUID', ['1', '2:3', '4:5'], 'moved'],
  ['A1 BAD', 'BAD', null, [], ''],
  ['A1 WHAT is this', 'BAD', null, [], 'is this'],
  ['A1 NO [CODE unfinished', 'NO', 'CODE', ['unfinished'], ''],
])('status of %s', (line, status, code, codeArguments, text) => {
  expect(readStatus(line)).toEqual({ status, code, codeArguments, text });
});

test('the words of a server are bounded and lose their control characters', () => {
  expect(boundServerText(`a\u0000\r\n\u001b[31mb${'x'.repeat(900)}`)).toHaveLength(500);
  expect(boundServerText('a\u0007b')).toBe('a b');
  expect(boundServerText(Buffer.from('größer').toString('latin1'))).toBe('größer');
  expect(boundServerText('caf\xe9')).toBe('café');
});

test('names and numbers of untagged lines', () => {
  expect(readResponseLine(Buffer.from('* 12 fetch (UID 3)'), [])).toMatchObject({
    name: 'FETCH',
    number: 12,
  });
  expect(readResponseLine(Buffer.from('* VANISHED (EARLIER) 1:4'), [])?.tokens()).toEqual([
    ['EARLIER'],
    '1:4',
  ]);
  expect(readResponseLine(Buffer.from('\u0000\u0001garbage'), [])).toBeNull();
  expect(readResponseLine(Buffer.from('* -5 EXISTS'), [])).toBeNull();
});
