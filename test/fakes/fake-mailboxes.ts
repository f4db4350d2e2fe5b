/** Mailboxes made, renamed and deleted at the fake server, with the answers of the real connector. */
import { fail, type Outcome, ok } from '../../src/shared/outcome';
import type { MailboxAction, ProbeReport, PushReport, WireRecord } from '../../src/sync/connectors/contract';
import type { FakeMailServer } from './fake-mail-server';

export function fakePushMailbox(server: FakeMailServer, action: MailboxAction): Outcome<PushReport> {
  const done = (createdRemoteKey: string) => ok({ items: [], createdRemoteKey });
  const missing = {
    kind: 'not-found',
    message: 'The folder does not exist on the server any more.',
  } as const;
  switch (action.kind) {
    case 'create-mailbox': {
      const { path, parent } = action;
      const remoteKey = parent ? `${parent.remoteKey}/${path.at(-1)}` : path.join('/');
      server.createMailbox(remoteKey, action.role);
      return done(remoteKey);
    }
    case 'rename-mailbox': {
      const toKey = newKey(action);
      if (!server.mailboxes.has(action.remoteKey)) return fail(missing);
      if (server.mailboxes.has(toKey))
        return fail({
          kind: 'rejected',
          code: 'ALREADYEXISTS',
          message: 'There is already a folder with this name.',
        });
      for (const key of [...server.mailboxes.keys()])
        if (key === action.remoteKey || key.startsWith(`${action.remoteKey}/`))
          server.renameMailbox(key, `${toKey}${key.slice(action.remoteKey.length)}`);
      return done(toKey);
    }
    case 'delete-mailbox':
      if ((server.mailboxes.get(action.remoteKey)?.messages.size ?? 0) > 0)
        return fail({ kind: 'conflict', message: 'Mail lies in this folder.' });
      server.deleteMailbox(action.remoteKey);
      return done(action.remoteKey);
    case 'subscribe-mailbox':
      return server.mailboxes.has(action.remoteKey) ? done(action.remoteKey) : fail(missing);
  }
}

export function fakeProbeMailbox(
  server: FakeMailServer,
  action: MailboxAction,
  wire: WireRecord,
): Outcome<ProbeReport> {
  const answer = (mailboxKey: string | null) => ok({ done: [], repeat: [], gone: [], mailboxKey });
  switch (action.kind) {
    case 'create-mailbox':
    case 'subscribe-mailbox':
      return answer(null);
    case 'rename-mailbox': {
      const toKey = newKey(action);
      if (!server.mailboxes.has(toKey)) return answer(null);
      return server.mailboxes.has(action.remoteKey)
        ? fail({ kind: 'conflict', message: 'Folders of the old and of the new name exist.' })
        : answer(toKey);
    }
    case 'delete-mailbox': {
      if (!server.mailboxes.has(action.remoteKey)) return answer(action.remoteKey);
      const same = server.status(action.remoteKey).uidValidity === wire.source?.uidValidity;
      return answer(same ? null : action.remoteKey);
    }
  }
}

function newKey({ parent, name }: Extract<MailboxAction, { kind: 'rename-mailbox' }>): string {
  return parent ? `${parent.remoteKey}/${name}` : name;
}
