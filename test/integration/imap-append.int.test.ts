/** Filing messages at a real server and at scripted ones: what the suite of all connectors cannot see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppendRequest, Connector } from '../../src/sync/connectors/contract';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { start } from './imap-scripted-support';
import { connectTo, must, never, plainAccount } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());

function requestOf(fields: Partial<AppendRequest> = {}): AppendRequest {
  const draft = fields.draft ?? null;
  const messageId = fields.messageId ?? '<filed@example.org>';
  const header = draft ? `X-Homeport-Draft: ${draft.token} ${draft.revision}\r\n` : '';
  return {
    remoteKey: 'Drafts',
    source: Buffer.from(`Message-ID: ${messageId}\r\n${header}Subject: x\r\n\r\nText.\r\n`),
    messageId,
    keywords: ['$seen'],
    receivedAt: Date.UTC(2026, 10, 5, 9, 30, 15),
    draft,
    replaces: null,
    ...fields,
  };
}

async function file(connector: Connector, request: AppendRequest) {
  const wire = must(await connector.prepareAppend(request, never));
  return { wire, outcome: await connector.append(request, wire, never) };
}

test('labels, the time of arrival and every byte are kept, whatever the size', async () => {
  const user = await server.addUser();
  const connector = connectTo(plainAccount(server, user));
  const body = 'line of text with ümläut\r\n'.repeat(40_000);
  const source = Buffer.from(`Message-ID: <big@example.org>\r\nSubject: x\r\n\r\n${body}`);
  const request = requestOf({
    source,
    messageId: '<big@example.org>',
    keywords: ['$seen', '$forwarded', 'work'],
  });
  const report = must((await file(connector, request)).outcome);
  const client = await server.session(user);
  await client.mailboxOpen('Drafts');
  const [kept] = await client.fetchAll('1:*', { uid: true, flags: true, internalDate: true, source: true });
  await client.logout();
  expect(kept?.uid).toBe(report.uid);
  expect([...(kept?.flags ?? [])].filter((flag) => flag !== '\\Recent').sort()).toEqual([
    '$forwarded',
    '\\Seen',
    'work',
  ]);
  expect(new Date(kept?.internalDate ?? 0).getTime()).toBe(request.receivedAt);
  expect(kept?.source?.equals(source)).toBe(true);
  await connector.close();
});

test('where the server does not say, the copy is found by looking', async () => {
  const user = await server.addUser();
  const proxy = await startFlakyProxy(server.imapPort);
  const blind = connectTo(plainAccount(server, user, { port: proxy.port }));
  // A server that does not say: the code is taken out of its answer.
  let hidden = 0;
  proxy.inspect = (from, data) => {
    const text = data.toString('latin1');
    const at = text.indexOf('APPENDUID');
    if (from === 'server' && at >= 0) {
      data.write('XXXXXXUID', at, 'latin1');
      hidden++;
    }
    return true;
  };
  const report = must((await file(blind, requestOf())).outcome);
  expect(hidden).toBe(1);
  expect((await server.list(user, 'Drafts')).map(({ uid }) => uid)).toEqual([report.uid]);
  await blind.close();
  await proxy.close();
});

test('old messages are found by searching, and the newest also where the server does not find them', async () => {
  const user = await server.addUser();
  const source = (at: number) => `Message-ID: <n${at}@example.org>\r\nSubject: x\r\n\r\nText.\r\n`;
  server.fill(
    user,
    'Sent',
    Array.from({ length: 1_200 }, (_, at) => ({ raw: Buffer.from(source(at)), flags: [], date: at * 1000 })),
  );
  const proxy = await startFlakyProxy(server.imapPort);
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  const find = async (id: string) => must(await connector.findByMessageId('Sent', id, 1, never)).length;
  expect(await find('<n3@example.org>')).toBe(1);
  proxy.answer = (command) => {
    const tag = /^(\S+) UID SEARCH/.exec(command)?.[1];
    return tag === undefined ? null : `${tag} NO index is rebuilt\r\n`;
  };
  expect(await find('<n1199@example.org>')).toBe(1);
  expect(await find('<n3@example.org>')).toBe(0);
  await connector.close();
  await proxy.close();
});

test('SYNC-303 a draft is replaced without a moment in which there is none, by REPLACE where it is offered', async () => {
  const user = await server.addUser();
  const connector = connectTo(plainAccount(server, user));
  const watcher = await server.session(user);
  await watcher.mailboxOpen('Drafts', { readOnly: true });
  let least = Number.POSITIVE_INFINITY;
  let looks = 0;
  let done = false;
  const save = async (revision: number) => {
    const [old] = must(await connector.findDrafts('Drafts', 'c0ffee', never));
    must(
      (await file(connector, requestOf({ draft: { token: 'c0ffee', revision }, replaces: old ?? null })))
        .outcome,
    );
  };
  await save(1);
  const watching = (async () => {
    while (!done) {
      await watcher.noop();
      const found = await watcher.search({ header: { 'x-homeport-draft': 'c0ffee' } }, { uid: true });
      least = Math.min(least, found === false ? 0 : (found ?? []).length);
      looks++;
    }
  })();
  for (let revision = 2; revision <= 15; revision++) await save(revision);
  done = true;
  await watching;
  expect(looks).toBeGreaterThan(5);
  expect(least).toBeGreaterThanOrEqual(1);
  expect(must(await connector.findDrafts('Drafts', 'c0ffee', never)).map(({ revision }) => revision)).toEqual(
    [15],
  );
  await watcher.logout();
  await connector.close();

  const { connector: modern, server: scripted } = await start(
    scriptedMailbox((line) =>
      line === '' ? '* OK [APPENDUID 7 12] here\r\n* 1 EXPUNGE\r\n%T OK replaced\r\n' : undefined,
    ),
    { capabilities: 'IMAP4rev1 UIDPLUS LITERAL+ REPLACE' },
  );
  const replaces = { uid: 11, uidValidity: '7', identity: null };
  const request = requestOf({ draft: { token: 'c0ffee', revision: 2 }, replaces });
  expect(must((await file(modern, request)).outcome)).toEqual({ uid: 12, uidValidity: '7' });
  const commands = scripted.commands.filter((line) => /^(APPEND|UID (REPLACE|STORE|EXPUNGE))/.test(line));
  expect(commands).toEqual([
    expect.stringMatching(/^UID REPLACE 11 "?Drafts"? \(\\Seen\) "05-Nov-2026 09:30:15 \+0000" \{\d+\+\}$/),
  ]);
});

describe('what a server says', () => {
  const capabilities = 'IMAP4rev1 UIDPLUS LITERAL+';

  test.each([
    ['%T NO [OVERQUOTA] full\r\n', { kind: 'rejected', code: 'OVERQUOTA' }],
    ['%T NO [TRYCREATE] none\r\n', { kind: 'rejected', code: 'TRYCREATE' }],
    ['%T NO [LIMIT] slowly\r\n', { kind: 'throttled' }],
    ['%T NO [UNAVAILABLE] later\r\n', { kind: 'offline' }],
    ['%T BAD what\r\n', { kind: 'rejected' }],
  ])('%j', async (answer, failure) => {
    const { connector } = await start(
      scriptedMailbox((line) => (line === '' ? answer : undefined)),
      { capabilities },
    );
    expect((await file(connector, requestOf())).outcome).toMatchObject({ ok: false, failure });
  });

  test('a limit it stated is kept to before a byte is sent (RFC 7889)', async () => {
    const { connector, server: scripted } = await start(
      scriptedMailbox(() => undefined),
      {
        capabilities: `${capabilities} APPENDLIMIT=20`,
      },
    );
    expect((await file(connector, requestOf())).outcome).toMatchObject({ failure: { code: 'LIMIT' } });
    expect(scripted.commands.some((line) => line.startsWith('APPEND'))).toBe(false);
  });

  test('labels the mailbox would forget are left out', async () => {
    const { connector, server: scripted } = await start(
      scriptedMailbox((line) => (line === '' ? '%T OK [APPENDUID 7 12] done\r\n' : undefined)),
      { capabilities },
    );
    must((await file(connector, requestOf({ keywords: ['$seen', '$forwarded'] }))).outcome);
    expect(scripted.commands.find((line) => line.startsWith('APPEND'))).toContain('(\\Seen)');
  });

  test.each([
    ['LITERAL+', 4_000, true],
    ['LITERAL-', 100, true],
    ['LITERAL-', 5_000, false],
    ['', 100, false],
  ])('%s with %i bytes: sent without waiting %s', async (extension, size, ahead) => {
    const source = Buffer.from(`Message-ID: <filed@example.org>\r\n\r\n${'x'.repeat(size)}\r\n`);
    let waited = false;
    const { connector, server: scripted } = await start(
      scriptedMailbox((line) => {
        if (line === '') return '%T OK [APPENDUID 7 12] done\r\n';
        if (!/^APPEND.*\{\d+\}$/.test(line)) return undefined;
        waited = true;
        return '+ go on\r\n';
      }),
      { capabilities: `IMAP4rev1 UIDPLUS ${extension}` },
    );
    expect(must((await file(connector, requestOf({ source }))).outcome).uid).toBe(12);
    expect(waited).toBe(!ahead);
    expect(scripted.commands.find((line) => line.startsWith('APPEND'))).toMatch(
      ahead ? /\{\d+\+\}$/ : /\{\d+\}$/,
    );
  });

  test('a lost link in the middle of the message is unknown', async () => {
    const { connector, server: scripted } = await start(
      scriptedMailbox((line) => {
        if (line !== 'Text.') return undefined;
        scripted.close();
        return null;
      }),
      { capabilities },
    );
    expect((await file(connector, requestOf())).outcome).toMatchObject({
      failure: { kind: 'unknown-outcome' },
    });
  });
});

/** One mailbox with one message; lines of a literal are swallowed, the empty line behind it is asked from the script. */
function scriptedMailbox(script: (line: string) => string | null | undefined) {
  let inLiteral = false;
  let bodySeen = false;
  return (line: string): string | null | undefined => {
    const own = inLiteral && line === 'Message-ID: <filed@example.org>' ? '' : undefined;
    if (/^(APPEND|UID REPLACE)/.test(line)) inLiteral = true;
    if (inLiteral) {
      // The empty line between header and body is not the end.
      if (line === '' && !bodySeen) {
        bodySeen = true;
        return '';
      }
      const answer = own ?? script(line);
      if (answer !== undefined && answer !== '' && !answer?.startsWith('+')) {
        inLiteral = false;
        bodySeen = false;
      }
      return answer === undefined ? '' : answer;
    }
    if (/^STATUS/.test(line))
      return '* STATUS Drafts (MESSAGES 1 UNSEEN 0 UIDNEXT 12 UIDVALIDITY 7)\r\n%T OK done\r\n';
    if (/^(SELECT|EXAMINE)/.test(line)) {
      return '* FLAGS (\\Seen)\r\n* OK [PERMANENTFLAGS (\\Seen \\Draft)] p\r\n* 1 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 12] n\r\n%T OK [READ-WRITE] done\r\n';
    }
    if (/^UID FETCH/.test(line)) {
      return '* 1 FETCH (UID 11 RFC822.SIZE 10 BODY[HEADER.FIELDS (MESSAGE-ID)] "Message-ID: <old@x>")\r\n%T OK done\r\n';
    }
    return script(line);
  };
}
