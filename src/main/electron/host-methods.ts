import type { BrowserWindow, Dialog, Shell } from 'electron';
import { attachmentRisk, safeFileName } from '../../shared/attachment-safety';
import type { HostEvent } from '../../shared/contract/events';
import { CONTRACT_VERSION, type MethodOutput } from '../../shared/contract/methods';
import type { RequestId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { judgeLink } from '../../shared/links';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { SecretVault } from '../../sync/ports/secret-vault';
import { APP_VERSION } from '../app-info';
import type { Content, ContentPart, ContentRequest } from '../content/content-part';
import type { ContentService } from '../content/content-service';
import type { Caller, HostMethods } from '../core/host-methods';
import type { MethodStats } from '../core/method-stats';
import type { LoopDelay } from '../workers/worker-messages';
import { APP_ORIGIN, MAIL_SCHEME } from './origins';
import type { PopoutWindows } from './popout-windows';
import { printDocument } from './print-document';
import type { PrivateCopies } from './private-copies';
import { saveFile, saveIntoFolder } from './save-files';

export interface DesktopMethodsOptions {
  readonly vault: SecretVault;
  readonly vaultKind: MethodOutput<'host.info'>['vault'];
  readonly content: ContentService;
  readonly readBytes: (request: ContentRequest) => Promise<Outcome<Content>>;
  readonly reader: (method: 'messages.get' | 'messages.body', input: unknown) => Promise<Outcome<unknown>>;
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>;
  readonly shell: Pick<Shell, 'openExternal' | 'openPath'>;
  readonly copies: PrivateCopies;
  /** The window a call came from, for what belongs to it: dialogs, and the drag that is going on in it. */
  readonly windowOf: (caller: Caller | undefined) => BrowserWindow | null;
  /** Tells all windows; what it is about says which of them asked. */
  readonly tell: (event: HostEvent) => void;
  /** Hands a file over to that drag. */
  readonly startDrag: (path: string, window: BrowserWindow | null) => void;
  readonly popouts: Pick<PopoutWindows, 'open'>;
  /** False where the system does not let programs decide that. */
  readonly becomeDefaultApp: (scheme: string) => boolean;
  /** Prints the document at this address in a window nobody sees. */
  readonly print: (url: string) => Promise<Outcome<null>>;
  readonly stats: MethodStats;
  readonly loopDelay: () => Promise<{ engine: LoopDelay; main: LoopDelay } | null>;
}

/** What the desktop host answers itself: dialogs, the outside world, the keychain. */
export function createDesktopMethods(options: DesktopMethodsOptions): HostMethods {
  const { vault, content } = options;
  /** What is being saved, by the name the window gave it. */
  const saves = new Map<RequestId, AbortController>();
  return {
    'host.info': async () =>
      ok({
        hostKind: 'electron',
        version: APP_VERSION,
        contractVersion: CONTRACT_VERSION,
        platform: process.platform,
        vault: options.vaultKind,
      }),
    'vault.put': async ({ secret }) => ok({ secretRef: await vault.put(secret) }),
    'vault.forget': async ({ secretRef }) => {
      await vault.delete(secretRef);
      return ok(null);
    },
    'content.url': async (handle) => ok({ url: `${APP_ORIGIN}/content/${content.createContent(handle)}` }),
    'content.save': async ({ items, requestId }, caller) => {
      const stopping = new AbortController();
      if (requestId !== undefined) saves.set(requestId, stopping);
      const tell = (done: number) => {
        if (requestId !== undefined) options.tell({ kind: 'saving', requestId, done, total: items.length });
      };
      const saved = await saveItems(options, items, caller, { tell, signal: stopping.signal });
      if (requestId !== undefined) saves.delete(requestId);
      return saved.ok ? ok({ saved: saved.value, urls: [] }) : saved;
    },
    'content.stopSaving': async ({ requestId }) => {
      const save = saves.get(requestId);
      save?.abort();
      return ok({ stopped: save !== undefined });
    },
    'content.open': async ({ messageId, index }) => {
      const read = await options.readBytes({ messageId, part: { kind: 'attachment', index } });
      if (!read.ok) return read;
      if (isDangerous(read.value)) return ok({ result: 'refused', url: '' });
      const path = await copyOf(options, read.value);
      if (!path.ok) return path;
      const problem = await options.shell.openPath(path.value);
      if (problem === '') return ok({ result: 'opened', url: '' });
      return fail({
        kind: 'invalid',
        message: 'No program on this computer opens this kind of file.',
        hint: 'Save the file instead.',
      });
    },
    'content.drag': async ({ messageId, part }, caller) => {
      const read = await options.readBytes({ messageId, part: contentPart(part) });
      if (!read.ok) return read;
      const path = await copyOf(options, read.value);
      if (!path.ok) return path;
      options.startDrag(path.value, options.windowOf(caller));
      return ok(null);
    },
    'viewer.open': async ({ remote }) => ok({ url: `${MAIL_SCHEME}://${content.createViewer(remote)}/` }),
    'links.open': async ({ url, confirmed }) => {
      const verdict = judgeLink(url);
      if (verdict.kind === 'refuse') return ok({ result: 'refused', url: '' });
      if (verdict.kind === 'confirm' && !confirmed) return ok({ result: 'confirm', url: verdict.url });
      await options.shell.openExternal(verdict.url);
      return ok({ result: 'opened', url: verdict.url });
    },
    'host.becomeDefaultApp': async ({ scheme }) => {
      if (options.becomeDefaultApp(scheme)) return ok(null);
      return fail({
        kind: 'invalid',
        message: 'The system did not take it.',
        hint: 'Choose Homeport among the default apps in the settings of the system.',
      });
    },
    'window.open': async (route) => {
      const opened = options.popouts.open(route);
      return opened.ok ? ok({ result: 'opened', url: '' }) : opened;
    },
    'window.print': async ({ messageId }) => {
      const [message, body] = await Promise.all([
        options.reader('messages.get', { messageId }),
        options.reader('messages.body', { messageId, charset: null }),
      ]);
      if (!message.ok) return message;
      if (!body.ok) return body;
      const facts = message.value as MethodOutput<'messages.get'>;
      if (facts === null) return fail({ kind: 'not-found', message: 'This message is no longer here.' });
      const document = printDocument(facts, body.value as MethodOutput<'messages.body'>);
      return options.print(`${MAIL_SCHEME}://${content.createDocument(document)}/`);
    },
    'session.link': async () =>
      fail({
        kind: 'not-found',
        message: 'Homeport runs with its own window.',
        hint: 'Use `homeport serve` for a browser.',
      }),
    'session.signOutEverywhere': async () => ok({ ended: 0 }),
    'stats.get': async () => ok(options.stats.read()),
    'debug.loopDelay': async () => {
      const delays = await options.loopDelay();
      return delays === null
        ? fail({ kind: 'not-found', message: 'Delays are measured only with HOMEPORT_TRACE=1.' })
        : ok(delays);
    },
  };
}

type Items = Parameters<HostMethods['content.save']>[0]['items'];

function contentPart(part: Items[number]['part'], inside?: Items[number]['inside']): ContentPart {
  return part === 'source' ? { kind: 'source' } : { kind: 'attachment', index: part, inside };
}

function isDangerous({ filename, mediaType }: Content): boolean {
  const risk = attachmentRisk(filename, mediaType);
  return risk !== 'none' && risk !== 'archive';
}

async function copyOf({ copies }: DesktopMethodsOptions, content: Content): Promise<Outcome<string>> {
  try {
    return ok(await copies.put(content));
  } catch (error) {
    return fail(notSaved(error));
  }
}

interface Saving {
  /** So many files are written. */
  tell(done: number): void;
  readonly signal: AbortSignal;
}

/** One file goes where the user says, several into a folder. Zero saved = the user changed their mind. */
async function saveItems(
  options: DesktopMethodsOptions,
  items: Items,
  caller: Caller | undefined,
  { tell, signal }: Saving,
): Promise<Outcome<number>> {
  const { dialog, readBytes } = options;
  const read = async ({ messageId, part, inside }: Items[number]): Promise<Outcome<Content>> =>
    readBytes({ messageId, part: contentPart(part, inside) });
  const parent = options.windowOf(caller);
  const [only] = items;
  try {
    if (only !== undefined && items.length === 1) {
      const content = await read(only);
      if (!content.ok) return content;
      const wanted = { defaultPath: safeFileName(content.value.filename) };
      const chosen = parent
        ? await dialog.showSaveDialog(parent, wanted)
        : await dialog.showSaveDialog(wanted);
      if (chosen.canceled || !chosen.filePath) return ok(0);
      await saveFile(chosen.filePath, content.value, true);
      return ok(1);
    }
    const wanted = {
      properties: ['openDirectory', 'createDirectory'] as ('openDirectory' | 'createDirectory')[],
    };
    const chosen = parent ? await dialog.showOpenDialog(parent, wanted) : await dialog.showOpenDialog(wanted);
    const [folder] = chosen.filePaths;
    if (chosen.canceled || folder === undefined) return ok(0);
    for (const [done, item] of items.entries()) {
      tell(done);
      const content = await read(item);
      if (signal.aborted) return ok(done);
      if (!content.ok) return content;
      await saveIntoFolder(folder, content.value);
    }
    return ok(items.length);
  } catch (error) {
    return fail(notSaved(error));
  }
}

function notSaved(error: unknown): Failure {
  const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
  if (full)
    return {
      kind: 'limit',
      bound: 'disk',
      message: 'The disk is full.',
      hint: 'Free some space and save again.',
    };
  return { kind: 'invalid', message: 'The file could not be written there.', hint: 'Choose another folder.' };
}
