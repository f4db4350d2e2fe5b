import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let project = '';

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'homeport-layers-'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** One clean module in every place that a planted file wants to reach. */
const CLEAN = {
  'src/shared/outcome.ts': "import { z } from 'zod';\nexport const outcome = z.string();",
  'src/sync/ports/clock.ts': "import { outcome } from '../../shared/outcome';\nexport const clock = outcome;",
  'src/sync/store/open-store.ts':
    "import Database from 'better-sqlite3';\nimport { sql } from 'drizzle-orm';\nexport const store = [Database, sql];",
  'src/sync/engine/supervisor.ts':
    "import { store } from '../store/open-store';\nexport const supervisor = store;",
  'src/sync/connectors/contract.ts': 'export interface Connector { pull(): void }',
  'src/sync/connectors/imap/pull.ts': "import { ImapFlow } from 'imapflow';\nexport const pull = ImapFlow;",
  'src/sync/runtime.ts':
    "import { pull } from './connectors/imap/pull';\nimport { supervisor } from './engine/supervisor';\nexport const runtime = [pull, supervisor];",
  'src/main/core.ts': "import { runtime } from '../sync/runtime';\nexport const core = runtime;",
  'src/main/index.ts':
    "import { app } from 'electron';\nimport { core } from './core';\nexport const main = [app, core];",
  'src/renderer/main.tsx': "import { createRoot } from 'react-dom/client';\nexport const start = createRoot;",
};

test('a tree that keeps the import table passes', () => {
  expect(check(CLEAN)).toEqual({ status: 0, lines: [] });
});

test('every planted violation is caught, and nothing else', () => {
  const planted: [file: string, source: string, rule: string][] = [
    ['src/shared/a.ts', "import '../sync/ports/clock';", 'shared: imports'],
    ['src/shared/b.ts', "import 'node:fs';", 'shared: Node modules'],
    ['src/shared/c.ts', "import 'ws';", 'shared: packages'],
    ['src/sync/ports/a.ts', "import '../store/open-store';", 'sync/ports: imports'],
    ['src/sync/store/a.ts', "import type {} from '../connectors/contract';", 'sync/store: imports'],
    ['src/sync/store/b.ts', "import 'imapflow';", 'sync/store: packages'],
    ['src/sync/mime/a.ts', "import '../store/open-store';", 'sync/mime: imports'],
    ['src/sync/mime/b.ts', "import 'node:net';", 'sync/mime: Node modules'],
    ['src/sync/mutations/a.ts', "import '../engine/supervisor';", 'sync/mutations: imports'],
    ['src/sync/connectors/jmap/a.ts', "import '../imap/pull';", 'sync/connectors/jmap: imports'],
    ['src/sync/connectors/smtp/a.ts', "import '../imap/pull';", 'sync/connectors/smtp: imports'],
    ['src/sync/connectors/link/a.ts', "import '../imap/pull';", 'sync/connectors/link: imports'],
    ['src/sync/connectors/imap/a.ts', "import '../../store/open-store';", 'sync/connectors/imap: imports'],
    ['src/sync/engine/a.ts', "import '../connectors/imap/pull';", 'sync/engine: imports'],
    ['src/sync/engine/b.ts', "import 'electron';", 'electron-only-in-its-host'],
    ['src/sync/api/a.ts', "import '../connectors/imap/pull';", 'sync/api: imports'],
    ['src/sync/bridge/http/a.ts', "import '../../mutations/a';", 'sync/bridge/http: imports'],
    ['src/main/a.ts', "import '../sync/store/open-store';", 'main: imports'],
    ['src/main/b.ts', "import 'electron';", 'electron-only-in-its-host'],
    ['src/preload/a.ts', "import '../main/core';", 'preload: imports'],
    ['src/renderer/a.ts', "import '../main/core';", 'renderer: imports'],
    ['src/renderer/b.ts', "import 'node:fs';", 'renderer: Node modules'],
    ['src/renderer/c.ts', "import 'better-sqlite3';", 'renderer-packages'],
    ['src/renderer/d.ts', "import type { E } from './e';\nexport type D = E;", 'no-circular'],
    ['src/elsewhere/a.ts', "import '../shared/outcome';", 'every-file-has-a-layer'],
  ];
  const otherHalf = { 'src/renderer/e.ts': "import type { D } from './d';\nexport type E = D;" };
  const files = { ...otherHalf, ...Object.fromEntries(planted.map(([file, source]) => [file, source])) };
  const { status, lines } = check({ ...CLEAN, ...files });
  expect(status).toBe(1);
  for (const [file, , rule] of planted) {
    expect(
      lines.some((line) => line.startsWith(`${rule}: ${file} `)),
      `${rule} in ${file}`,
    ).toBe(true);
  }
  const innocent = lines.filter((line) => Object.keys(CLEAN).some((file) => line.includes(`: ${file} →`)));
  expect(innocent).toEqual([]);
});

test('a cruise that sees too few modules fails', () => {
  // The cruise passes by a folder of this name; on disk its files are sources all the same.
  const unseen = Object.fromEntries([1, 2, 3].map((n) => [`src/shared/node_modules/p${n}.ts`, 'export {};']));
  const { status, lines } = check({ ...CLEAN, ...unseen });
  expect(status).toBe(1);
  expect(lines).toContainEqual(expect.stringContaining('the check is blind'));
});

function check(files: Readonly<Record<string, string>>): { status: number | null; lines: string[] } {
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), source);
  }
  const script = join(root, 'scripts/check-layers.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, project], { encoding: 'utf8' });
  return { status, lines: stderr.split('\n').filter((line) => line !== '') };
}
