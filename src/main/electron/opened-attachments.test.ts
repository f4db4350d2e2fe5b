import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachmentRisk } from '../../shared/attachment-safety';
import type { MessageId } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import type { Content } from '../content/content-part';
import { createDesktopMethods, type DesktopMethodsOptions } from './host-methods';
import { markAsDownloaded } from './mark-as-downloaded';
import { createPrivateCopies } from './private-copies';
import { saveFile } from './save-files';

let profile = '';
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'homeport-opened-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

function desktop(file: Partial<Content>, platform: NodeJS.Platform = 'win32') {
  const folder = join(profile, 'opened');
  const opened: string[] = [];
  const dragged: string[] = [];
  const copies = createPrivateCopies(folder, platform);
  const content = { bytes: Buffer.from('words'), mediaType: 'application/pdf', filename: 'a.pdf', ...file };
  const methods = createDesktopMethods({
    copies,
    readBytes: async () => ok(content),
    shell: {
      openPath: async (path: string) => {
        opened.push(path);
        return path.endsWith('.unknown') ? 'no program' : '';
      },
    },
    windowOf: () => null,
    startDrag: (path: string) => dragged.push(path),
  } as unknown as DesktopMethodsOptions);
  const open = () => methods['content.open']({ messageId: 1 as MessageId, index: 0 });
  return { folder, copies, opened, dragged, methods, open };
}

/** Tools of the system, some of them missing; what was run stands in `ran`. */
function tools(missing: readonly string[]) {
  const ran: string[][] = [];
  const tool = async (file: string, args: readonly string[]) => {
    ran.push([file, ...args]);
    if (missing.includes(file)) throw new Error('ENOENT');
  };
  return { ran, tool };
}

test('APP-369 a file is opened as a private copy with a safe name and the mark of the web, never executable, gone at quit', async () => {
  const { folder, copies, opened, open } = desktop({ filename: '../..\\Invoice\u200b 1.pdf' });
  expect(await open()).toMatchObject({ ok: true, value: { result: 'opened' } });
  expect(await open()).toMatchObject({ ok: true, value: { result: 'opened' } });
  const [first = '', second = ''] = opened;
  expect(basename(first)).toBe('_.._Invoice 1.pdf');
  expect(first.startsWith(folder + sep)).toBe(true);
  expect(dirname(second)).not.toBe(dirname(first));
  expect(readFileSync(first, 'utf8')).toBe('words');
  expect(readFileSync(`${first}:Zone.Identifier`, 'utf8')).toContain('ZoneId=3');
  if (process.platform !== 'win32') {
    expect(statSync(first).mode & 0o777).toBe(0o600);
    for (const place of [folder, dirname(first)]) expect(statSync(place).mode & 0o777).toBe(0o700);
  }
  await copies.clear();
  expect(existsSync(folder)).toBe(false);
  await copies.clear();
});

test('the mark of macOS is its quarantine, with the moment and our name', async () => {
  const { ran, tool } = tools([]);
  const path = join(profile, 'x.pdf');
  await markAsDownloaded(path, 'darwin', tool, () => 0x5f3759df_000);
  const value = `0081;${Math.floor(0x5f3759df_000 / 1000).toString(16)};Homeport;`;
  expect(ran).toEqual([['/usr/bin/xattr', '-w', 'com.apple.quarantine', value, path]]);
  expect(readdirSync(profile)).toEqual([]);
});

test('the mark of Linux is written by whichever tool is there, and says nothing of the letter', async () => {
  const path = join(profile, 'x.pdf');
  const setfattr = ['setfattr', '-n', 'user.xdg.origin.url', '-v', 'about:internet', path];
  const gio = ['gio', 'set', '-t', 'string', path, 'xattr::xdg.origin.url', 'about:internet'];
  for (const [missing, expected] of [
    [[], [setfattr]],
    [['setfattr'], [setfattr, gio]],
    // A file system without room for it, or a system without either tool: the file is saved all the same.
    [
      ['setfattr', 'gio'],
      [setfattr, gio],
    ],
  ] as const) {
    const { ran, tool } = tools(missing);
    await markAsDownloaded(path, 'linux', tool);
    expect(ran).toEqual(expected);
  }
});

test('a system without such a mark runs nothing', async () => {
  const { ran, tool } = tools([]);
  await markAsDownloaded(join(profile, 'x.pdf'), 'freebsd', tool);
  expect([ran, readdirSync(profile)]).toEqual([[], []]);
});

test('what is saved over a program is none any more', async () => {
  const path = join(profile, 'tool');
  writeFileSync(path, 'old', { mode: 0o755 });
  const content = { bytes: Buffer.from('MZ'), mediaType: '', filename: 'tool' };
  await saveFile(path, content, true, 'win32');
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o111]).toEqual(['MZ', 0]);
});

test.each([
  { filename: 'setup.exe' },
  { filename: 'invoice.pdf.scr' },
  { filename: 'photo\u202egpj.exe' },
  { filename: 'run.desktop' },
  { filename: 'budget.xlsm' },
  { filename: 'letter.doc' },
  { filename: 'page.html' },
  { filename: 'tool.sh\u200b' },
  { filename: 'tool.py\u0001' },
  { filename: 'meeting.webloc' },
  { filename: 'harmless.pdf', mediaType: 'application/x-msdownload' },
])(
  'APP-090 a dangerous file warns, is never opened, and bears the system’s mark once saved: %j',
  async (file) => {
    expect(attachmentRisk(file.filename, file.mediaType ?? '')).not.toBe('none');
    const { folder, opened, open } = desktop(file);
    expect(await open()).toEqual(ok({ result: 'refused', url: '' }));
    expect([opened, existsSync(folder)]).toEqual([[], false]);
    const path = join(profile, 'saved');
    const content = { bytes: Buffer.from('MZ'), mediaType: '', ...file };
    await saveFile(path, content, true, 'win32');
    expect(readFileSync(`${path}:Zone.Identifier`, 'utf8')).toBe('[ZoneTransfer]\r\nZoneId=3\r\n');
    expect(statSync(path).mode & 0o111).toBe(0);
  },
);

test('a file no program opens is a failure with the next step', async () => {
  const { open } = desktop({ filename: 'a.unknown', mediaType: 'application/x-unknown' });
  expect(await open()).toMatchObject({ ok: false, failure: { kind: 'invalid', hint: expect.any(String) } });
});

test('what is dragged out is a copy of the bytes under the message’s name', async () => {
  const { dragged, methods } = desktop({ filename: 'About: berths.eml', mediaType: 'message/rfc822' });
  await methods['content.drag']({ messageId: 1 as MessageId, part: 'source' });
  const [path = ''] = dragged;
  expect([basename(path), readFileSync(path, 'utf8')]).toEqual(['About_ berths.eml', 'words']);
});

test('what a crash left is removed at the start', async () => {
  mkdirSync(join(profile, 'opened', 'file-old'), { recursive: true });
  await createPrivateCopies(join(profile, 'opened')).clear();
  expect(readdirSync(profile)).toEqual([]);
});
