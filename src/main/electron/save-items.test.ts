import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostEvent } from '../../shared/contract/events';
import { MessageId, RequestId } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import type { ContentRequest } from '../content/content-part';
import { createDesktopMethods, type DesktopMethodsOptions } from './host-methods';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-save-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const requestId = RequestId.parse('save');
const items = [0, 1, 2].map((part) => ({ messageId: MessageId.parse(1), part }));

/** The desktop's methods over a dialog that chooses the folder at once; each file is read when the test lets it. */
function desktop() {
  const told: HostEvent[] = [];
  const reads: (() => void)[] = [];
  const methods = createDesktopMethods({
    readBytes: ({ part }: ContentRequest) =>
      new Promise((resolve) => {
        const filename = `file ${'index' in part ? part.index : ''}.txt`;
        reads.push(() => resolve(ok({ bytes: new Uint8Array(3), mediaType: 'text/plain', filename })));
      }),
    dialog: { showOpenDialog: async () => ({ canceled: false, filePaths: [folder] }) },
    windowOf: () => null,
    tell: (event: HostEvent) => told.push(event),
  } as unknown as DesktopMethodsOptions);
  const next = async () => {
    while (reads.length === 0) await new Promise((resolve) => setImmediate(resolve));
    reads.shift()?.();
  };
  return { methods, told, next };
}

test('files that are saved tell how many are written, from the moment the folder is chosen', async () => {
  const { methods, told, next } = desktop();
  const saved = methods['content.save']({ items, requestId });
  for (const _ of items) await next();
  expect(await saved).toEqual(ok({ saved: 3, urls: [] }));
  expect(told).toEqual([0, 1, 2].map((done) => ({ kind: 'saving', requestId, done, total: 3 })));
  expect(readdirSync(folder)).toHaveLength(3);
});

test('a save that is stopped writes no further file and says how many it wrote', async () => {
  const { methods, next } = desktop();
  const saved = methods['content.save']({ items, requestId });
  await next();
  while (readdirSync(folder).length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(await methods['content.stopSaving']({ requestId })).toEqual(ok({ stopped: true }));
  await next();
  expect(await saved).toEqual(ok({ saved: 1, urls: [] }));
  expect(readdirSync(folder)).toEqual(['file 0.txt']);
  expect(await methods['content.stopSaving']({ requestId })).toEqual(ok({ stopped: false }));
});
