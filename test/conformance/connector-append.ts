/** Rows "append" and "save draft" of the table of SYNC 7.3: filed once, whatever happens to the link. */
import { expect, test } from 'vitest';
import { fail, type Outcome, ok } from '../../src/shared/outcome';
import type { AppendReport, AppendRequest, Connector } from '../../src/sync/connectors/contract';
import type { ConnectorHarness } from './connector';

const never = new AbortController().signal;
const CUTS = ['before', 'without-effect', 'with-effect'] as const;

/** What the composer writes, in short. */
function written(messageId: string, draft: AppendRequest['draft'] = null): Uint8Array {
  const lines = [
    'From: me@example.org',
    'Subject: Filed',
    'Date: Fri, 20 Nov 2026 10:00:00 +0000',
    `Message-ID: ${messageId}`,
    ...(draft ? [`X-Homeport-Draft: ${draft.token} ${draft.revision}`] : []),
    '',
    draft ? `Revision ${draft.revision}.` : 'Text.',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

function requestOf(fields: Partial<AppendRequest> & Pick<AppendRequest, 'remoteKey'>): AppendRequest {
  const messageId = fields.messageId ?? '<filed@example.org>';
  return {
    messageId,
    source: written(messageId, fields.draft ?? null),
    keywords: ['$seen'],
    receivedAt: Date.UTC(2026, 10, 20, 9, 30),
    draft: null,
    replaces: null,
    ...fields,
  };
}

const WELL = { cut: async () => {}, mend: () => {} };

/** As the engine does it: note, try, and after an unknown outcome look before repeating. */
async function settle(
  connector: Connector,
  request: AppendRequest,
  link: { readonly cut: () => Promise<void>; readonly mend: () => void } = WELL,
): Promise<AppendReport> {
  const wire = must(await connector.prepareAppend(request, never));
  await link.cut();
  let outcome = await connector.append(request, wire, never);
  for (let tries = 0; !outcome.ok && tries < 3; tries++) {
    link.mend();
    if (outcome.failure.kind === 'unknown-outcome') {
      const found = must(await connector.probeAppend(request, wire, never));
      outcome = found ? ok(found) : fail(outcome.failure);
    }
    if (!outcome.ok) outcome = await connector.append(request, wire, never);
  }
  return must(outcome);
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`failed: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

export function describeAppend(start: (messages: number) => Promise<ConnectorHarness>): void {
  test('a message is filed with its keywords, and its UID is told', async () => {
    const { connector, control } = await start(1);
    const request = requestOf({ remoteKey: 'INBOX' });
    const wire = must(await connector.prepareAppend(request, never));
    expect(must(await connector.probeAppend(request, wire, never))).toBeNull();
    const report = must(await connector.append(request, wire, never));
    const listed = await control.list('INBOX');
    expect(listed.at(-1)).toEqual({ uid: report.uid, keywords: ['$seen'] });
    expect(report.uidValidity).toBe(wire.destination?.uidValidity);
    const [found, ...others] = must(await connector.findByMessageId('INBOX', request.messageId, 1, never));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ uid: report.uid, uidValidity: report.uidValidity });
    const kept = found && (await connector.fetchSource('INBOX', found, never));
    expect(Buffer.from((kept?.ok && kept.value) || []).toString()).toBe(
      Buffer.from(request.source).toString(),
    );
    const after = (report.uid ?? 0) + 1;
    expect(must(await connector.findByMessageId('INBOX', request.messageId, after, never))).toEqual([]);
    expect(must(await connector.findByMessageId('Nowhere', request.messageId, 1, never))).toEqual([]);
  });

  test('a mailbox that is not there refuses, and that is told by its code', async () => {
    const { connector } = await start(0);
    const request = requestOf({ remoteKey: 'Nowhere' });
    const wire = must(await connector.prepareAppend(request, never));
    expect(wire.destination).toBeNull();
    expect(await connector.append(request, wire, never)).toMatchObject({
      ok: false,
      failure: { kind: 'rejected', code: 'TRYCREATE' },
    });
    expect(must(await connector.probeAppend(request, wire, never))).toBeNull();
  });

  test.each(CUTS)('an append whose link breaks %s is there exactly once', async (cut) => {
    const { connector, control } = await start(1);
    const request = requestOf({ remoteKey: 'Archive' });
    const wire = must(await connector.prepareAppend(request, never));
    await control.cutAppend(cut);
    const outcome = await connector.append(request, wire, never);
    expect(outcome.ok).toBe(false);
    // What was certainly not begun is no unknown outcome.
    if (!outcome.ok) expect(outcome.failure.kind === 'unknown-outcome').toBe(cut !== 'before');
    control.mend();
    const found = must(await connector.probeAppend(request, wire, never));
    expect(found !== null).toBe(cut === 'with-effect');
    const report = found ?? must(await connector.append(request, wire, never));
    expect((await control.list('Archive')).map(({ uid }) => uid)).toEqual([report.uid]);
    expect(must(await connector.probeAppend(request, wire, never))?.uid).toBe(report.uid);
  });

  test.each(CUTS)(
    'a revision of a draft whose link breaks %s takes the place of the older one',
    async (cut) => {
      const { connector, control } = await start(0);
      const draft = (revision: number) => ({ draft: { token: 'c0ffee', revision } });
      const save = (revision: number, replaces: AppendRequest['replaces']) =>
        requestOf({ remoteKey: 'Archive', keywords: ['$draft', '$seen'], replaces, ...draft(revision) });
      await settle(connector, save(1, null));
      const [old] = must(await connector.findDrafts('Archive', 'c0ffee', never));
      const link = { cut: () => control.cutAppend(cut), mend: control.mend };
      const report = await settle(connector, save(2, old ?? null), link);
      const left = must(await connector.findDrafts('Archive', 'c0ffee', never));
      expect(left).toMatchObject([{ uid: report.uid, revision: 2 }]);
      expect((await control.list('Archive')).map(({ uid }) => uid)).toEqual([report.uid]);
      expect(must(await connector.findDrafts('Archive', 'another', never))).toEqual([]);
    },
  );

  test('a message that is not the one to be replaced stays', async () => {
    const { connector, control } = await start(2);
    const [first] = must(await connector.findByMessageId('INBOX', '<m1@example.org>', 1, never));
    if (!first) throw new Error('no message');
    const others = [
      { ...first, identity: 'another' },
      { ...first, uidValidity: '1' },
      { ...first, uid: 9_999 },
    ];
    for (const replaces of others) await settle(connector, requestOf({ remoteKey: 'INBOX', replaces }));
    expect(await control.list('INBOX')).toHaveLength(5);
  });
}
