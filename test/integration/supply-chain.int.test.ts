import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeNotices } from '../../scripts/lib/package/notices.mjs';

const root = resolve(import.meta.dirname, '../..');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-supply-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Lock {
  readonly packages: Record<
    string,
    {
      readonly version?: string;
      readonly integrity?: string;
      readonly link?: boolean;
      readonly name?: string;
    }
  >;
}
interface Bom {
  readonly bomFormat: string;
  readonly components: readonly { name: string; version: string; scope: string; licenses?: unknown[] }[];
}

/** The npm that started these tests hands its settings on; those started here have their own. */
const OWN_ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)),
);

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number; output: string }>((done) => {
    const options = { cwd, env: { ...OWN_ENV, npm_config_cache: join(folder, 'cache'), ...env } };
    execFile(command, args, options, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

/** Installs a package that wants to run something, under these npm settings; answers whether it ran. */
async function runsInstallScripts(settings: string | null): Promise<boolean> {
  const project = mkdtempSync(join(folder, 'project-'));
  const marker = join(project, 'ran');
  const script = `node -e "require('fs').writeFileSync(process.env.MARKER, '')"`;
  mkdirSync(join(project, 'eager'));
  const eager = { name: 'eager', version: '1.0.0', scripts: { preinstall: script, postinstall: script } };
  writeFileSync(join(project, 'eager/package.json'), JSON.stringify(eager));
  const manifest = { name: 'p', version: '1.0.0', dependencies: { eager: 'file:eager' } };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
  if (settings !== null) copyFileSync(settings, join(project, '.npmrc'));
  const { code, output } = await run('npm', ['install', '--offline'], project, { MARKER: marker });
  expect([code, code === 0 ? '' : output]).toEqual([0, '']);
  return existsSync(marker);
}

/** A registry that knows one hole, in a package of our lock file. */
async function startRegistry(name: string, version: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.method === 'POST') {
        const body = Buffer.concat(chunks);
        const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
        asked.push(...Object.keys(JSON.parse(text.toString('utf8')) as object));
        response.end(JSON.stringify({ [name]: [ADVISORY] }));
      } else if (request.url === `/${name}`) {
        const versions = { [version]: { name, version, dist: { tarball: 'http://127.0.0.1/none.tgz' } } };
        response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
      } else {
        response.writeHead(404).end('{}');
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    close: () => new Promise((closed) => server.close(closed)),
  };
}
const ADVISORY = {
  id: 1_000_001,
  url: 'https://github.com/advisories/GHSA-test-test-test',
  title: 'A hole for this test',
  severity: 'high',
  vulnerable_versions: '<9999.0.0',
  cwe: [],
  cvss: { score: 7.5, vectorString: null },
};

test('APP-373 dependencies are locked by content, run nothing when installed, are listed with licences and in a bill of materials, and a known hole stops the audit gate', async () => {
  // The lock file: everything by its content, and `npm ci` takes it as it is.
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const locked = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && link !== true,
  );
  expect(locked.length).toBeGreaterThan(300);
  expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  const dry = await run('npm', ['ci', '--dry-run', '--offline', '--loglevel=error'], root);
  expect(dry).toMatchObject({ code: 0, output: expect.not.stringContaining('Missing:') });

  // No install scripts: the same package runs its own under npm's defaults, and not under our settings.
  expect(await runsInstallScripts(null)).toBe(true);
  expect(await runsInstallScripts(join(root, '.npmrc'))).toBe(false);

  // Licence list and bill of materials, as they go into the package.
  const shipped = await writeNotices();
  const notice = (name: string) => readFileSync(join(root, 'out/notices', name), 'utf8');
  const licences = notice('LICENSES.packages.txt');
  for (const { name, version, license } of shipped) {
    expect(licences).toContain(`\n${name} ${version}: ${license}\n`);
    expect(license).not.toBe('unknown');
  }
  const bom = JSON.parse(notice('bill-of-materials.cdx.json')) as Bom;
  expect(bom.bomFormat).toBe('CycloneDX');
  const key = ({ name, version }: { name: string; version?: string | undefined }) => `${name}@${version}`;
  const listed = new Set(bom.components.map(key));
  const lockedKeys = locked.map(([path, { version, name }]) =>
    key({ name: name ?? path.replace(/^.*node_modules\//, ''), version }),
  );
  expect(lockedKeys.filter((each) => !listed.has(each))).toEqual([]);
  const required = bom.components.filter(({ scope }) => scope === 'required');
  expect(required.map(key).sort()).toEqual(shipped.map(key).sort());

  // The gate: a hole fails it, and a registry that gives no answer is not a clean one.
  const version = packages['node_modules/zustand']?.version ?? '';
  const registry = await startRegistry('zustand', version);
  const gate = (registryAddress: string) =>
    run(process.execPath, ['scripts/run.mjs', 'audit'], root, { npm_config_registry: registryAddress });
  const found = await gate(registry.address);
  await registry.close();
  expect(found).toMatchObject({
    code: 1,
    output: expect.stringContaining('high: zustand: A hole for this test (GHSA-test-test-test)'),
  });
  expect(registry.asked).toEqual(expect.arrayContaining(['react', 'imapflow', 'electron', 'better-sqlite3']));
  const silent = await gate(registry.address);
  expect(silent).toMatchObject({ code: 3, output: expect.stringMatching(/^not asked: /) });
});
