import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { createSystemClock } from '../../sync/ports/system-clock';
import { createPasswordGate } from '../http/password-gate';
import type { Site } from '../http/site';
import { startUiServer, type UiServer } from '../http/ui-server';
import type { HeadlessHost } from './start-headless';

export interface ServeUiOptions {
  readonly site: Site;
  readonly port: number;
  readonly tlsFiles: { readonly cert: string; readonly key: string } | null;
  readonly password: string | null;
  readonly withUi: boolean;
  readonly buildDir: string;
}

export interface ServedUi extends UiServer {
  /** Opens the window once (APP-392). */
  createLink(): string;
}

/** Puts the window's server in front of a running host. */
export async function serveUi(host: HeadlessHost, options: ServeUiOptions): Promise<Outcome<ServedUi>> {
  const { tlsFiles, password } = options;
  const tls =
    tlsFiles === null
      ? null
      : await Promise.all([readFile(tlsFiles.cert), readFile(tlsFiles.key)]).catch(() => 'bad' as const);
  if (tls === 'bad') return fail({ kind: 'invalid', message: 'The certificate or its key cannot be read.' });
  try {
    const server = await startUiServer({
      site: options.site,
      port: options.port,
      tls: tls === null ? null : { cert: tls[0], key: tls[1] },
      access: host.access,
      password: password === null ? null : createPasswordGate(createSystemClock(), password),
      content: host.content,
      rendererDir: join(options.buildDir, '../renderer'),
      withUi: options.withUi,
      call: host.call,
      onEvent: host.onEvent,
      logger: host.logger,
    });
    const createLink = () => `${server.url}/#token=${host.access.createLink()}`;
    if (options.withUi) host.setLinkMaker(createLink);
    return ok({ ...server, createLink });
  } catch (error) {
    return fail(portFailure(error, options.port));
  }
}

function portFailure(error: unknown, port: number) {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return {
      kind: 'conflict',
      message: `Port ${port} is in use.`,
      hint: 'Choose another with --ui-port, or 0 for a free one.',
    } as const;
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return {
      kind: 'invalid',
      message: 'This address and port cannot be used here.',
      hint: 'Check --ui-host and --ui-port.',
    } as const;
  }
  return {
    kind: 'invalid',
    message: 'The window server could not start.',
    hint: 'Check the certificate and its key.',
  } as const;
}
