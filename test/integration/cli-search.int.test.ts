import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../src/main/cli/run-cli';
import { connectLocal, type LocalClient } from '../../src/main/profile/local-client';
import { socketPath } from '../../src/main/profile/socket-path';
import type { MethodOutput } from '../../src/shared/contract/methods';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { homeport, homeportJson } from './homeport-process';

const BUILD_DIR = join(import.meta.dirname, '../../out/main');
const SAMPLE = 300;

interface Found {
  readonly rows: readonly { readonly id: string; readonly subject: string }[];
  readonly next?: string;
  readonly coverage: readonly Record<string, unknown>[];
}

let profile: string;
let app: LocalClient;
// Every run of the command listens for signals, and the process that would end with it is this one.
beforeAll(() => process.setMaxListeners(100));
beforeEach(async () => {
  profile = newProfile();
  await homeportJson(profile, ['account', 'add', 'local', '--name', 'Sample', '--sample', String(SAMPLE)]);
});
afterEach(async () => {
  app?.close();
  await cleanUp();
});

/** The command in this process, to ask fifty times without fifty starts; the host is another one. */
async function search(query: string, ...more: string[]): Promise<Found> {
  let out = '';
  const code = await runCli(['search', '--profile', profile, '--json', ...more, '--', query], BUILD_DIR, {
    out: async (data) => {
      out += String(data);
    },
    err: (text) => {
      throw new Error(text);
    },
  });
  expect(code).toBe(0);
  return JSON.parse(out) as Found;
}

/** What the window gets: every page of it. */
async function ask(query: string): Promise<MethodOutput<'search.page'>> {
  let cursor: string | null = null;
  let whole: MethodOutput<'search.page'> | undefined;
  do {
    const reply = await app.call('search.page', {
      query,
      scope: { kind: 'everywhere' },
      includeTrashAndJunk: false,
      sort: 'newest',
      typing: false,
      cursor,
      limit: 100,
    });
    if (!reply.ok) throw new Error(reply.failure.message);
    const page = reply.value as MethodOutput<'search.page'>;
    whole = { ...page, rows: [...(whole?.rows ?? []), ...page.rows] };
    cursor = page.next;
  } while (cursor !== null);
  return whole;
}

const WORDS = [
  'budget',
  'kitchen',
  'the',
  'photos',
  'invoice',
  'report',
  'dinner',
  'train',
  'rosa',
  'contract',
];
const QUERIES = [
  ...WORDS,
  ...WORDS.map((word) => `from:anna ${word}`),
  ...WORDS.map((word) => `${word} is:unread`),
  ...WORDS.map((word) => `subject:${word} OR has:attachment`),
  '"quarterly budget"',
  'budg*',
  '-budget in:inbox',
  'from:(anna OR chiara) -is:starred',
  'larger:2k has:attachment',
  'with:northwind.example',
  'in:trash',
  'nosuchword',
  '(budget OR kitchen) NOT from:anna',
  'colour:red "never ends (',
];

test('CLI-035 APP-415 the command finds what the window finds, in its order, and says how complete it is', async () => {
  await serveHere(profile);
  const client = await connectLocal(socketPath(profile));
  if (!client) throw new Error('the host does not listen');
  app = client;
  expect(QUERIES).toHaveLength(50);
  let hits = 0;
  for (const query of QUERIES) {
    const found = await search(query, '--limit', '1000');
    const wanted = await ask(query);
    expect(
      found.rows.map(({ id }) => id),
      query,
    ).toEqual(wanted.rows.map(({ messageId }) => String(messageId)));
    expect(found.coverage, query).toEqual(
      wanted.coverage.map((coverage) => ({ ...coverage, accountId: String(coverage.accountId) })),
    );
    expect(found.next).toBeUndefined();
    hits += found.rows.length;
  }
  // The sample has something for most of them.
  expect(hits).toBeGreaterThan(SAMPLE);
});

test('without a running host mail that came in a moment ago is found, in pages and as words for people', async () => {
  const first = await homeportJson<Found>(profile, ['search', 'the', '--limit', '5']);
  expect(first.rows).toHaveLength(5);
  expect(first.coverage).toEqual([
    {
      accountId: '1',
      messages: SAMPLE,
      indexedHeaders: SAMPLE,
      indexedBodies: SAMPLE,
      bodiesSince: null,
      complete: true,
    },
  ]);
  const second = await homeportJson<Found>(profile, [
    'search',
    'the',
    '--limit',
    '5',
    '--before',
    first.next ?? '',
  ]);
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(10);
  const told = await homeport(profile, ['search', 'the', '--limit', '2']);
  expect(told.stdout.split('\n')[0]).toMatch(/^ID +DATE +FROM +SUBJECT/);
  expect((await homeport(profile, ['search'])).code).toBe(2);
});
