import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from '../../shared/contract/bridge';
import type { HostEvent } from '../../shared/contract/events';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { createStderrLogger } from '../../sync/ports/stderr-logger';
import { createSystemClock } from '../../sync/ports/system-clock';
import { CLIENT } from '../app-info';
import type { Content, ContentRequest } from '../content/content-part';
import { toFailureView } from '../core/to-failure-view';
import { chooseEngineHost } from '../engine-host/choose-host';
import { superviseWorker } from '../engine-host/supervise-worker';
import { startHeadless } from '../headless/start-headless';
import { logLevel } from '../log-level';
import { connectLocal, type LocalClient } from '../profile/local-client';
import { openProfile } from '../profile/open-profile';

/** How long to wait for a profile whose owner is just coming up or going down. */
const OWNER_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** What a command talks to, whether that runs elsewhere or was started for it. */
export interface Session {
  call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
  ): Promise<Outcome<MethodOutput<M>, FailureView>>;
  content(request: ContentRequest): Promise<Outcome<Content, FailureView>>;
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** True when the engine was started for this command and ends with it. */
  readonly own: boolean;
  /** Settles when a running Homeport we only visit goes away; never for our own. */
  readonly lost: Promise<void>;
  /** With `drain`, commands that visit us get their answers first. */
  close(drain: boolean): Promise<void>;
}

export interface SessionOptions {
  readonly profileDir: string;
  readonly buildDir: string;
  readonly passphraseFile: string | null;
  readonly autonomous: boolean;
}

/** CLI-001, CLI-004: the owner of the profile over its local socket, or, when nobody owns it, ourselves. */
export async function openSession(options: SessionOptions): Promise<Outcome<Session, FailureView>> {
  let waitUntil = performance.now() + OWNER_WITHIN_MS;
  let owner: number | null = null;
  for (;;) {
    const profile = openProfile(options.profileDir);
    if (profile.kind === 'unusable') return fail(toFailureView(profile.failure));
    if (profile.kind === 'owned') {
      const host = await startHeadless({ ...options, profile });
      if (!host.ok) return fail(toFailureView(host.failure));
      const { call, readBytes, onEvent, stop } = host.value;
      return ok({
        call: typedCall(call),
        content: async (request) => viewed(await readBytes(request)),
        onEvent,
        own: true,
        lost: new Promise(() => undefined),
        close: (drain) => stop({ drain }),
      });
    }
    const client = await connectLocal(profile.socketPath);
    if (client !== null) {
      if (client.autonomous || !options.autonomous) return ok(visit(client, options));
      // Its engine answers from what is here and goes to no server; it leaves soon.
      client.close();
      owner = null;
    }
    // Where many commands come at once the profile goes from one to the next: as long as it does, our turn comes.
    if (profile.pid !== owner) {
      owner = profile.pid;
      waitUntil = performance.now() + OWNER_WITHIN_MS;
    }
    if (performance.now() > waitUntil) {
      return fail({
        kind: 'conflict',
        message: `The profile is in use by process ${profile.pid}, which does not answer.`,
        hint: 'Stop that process, then run the command again.',
      });
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Calls go to the owner; bytes of messages come from a reader of our own, because reading never disturbs a writer. */
function visit(client: LocalClient, options: SessionOptions): Session {
  let reader: Promise<Outcome<ReturnType<typeof superviseWorker>>> | undefined;
  return {
    call: typedCall(client.call),
    content: async (request) => {
      reader ??= startReader(options);
      const started = await reader;
      return started.ok ? viewed(await started.value.content(request)) : viewed(started);
    },
    onEvent: client.onEvent,
    own: false,
    lost: client.closed,
    close: async () => {
      client.close();
      const started = await reader;
      if (started?.ok) await started.value.stop();
    },
  };
}

async function startReader({ profileDir, buildDir }: SessionOptions) {
  const host = await chooseEngineHost(buildDir);
  if (!host.ok) return host;
  const clock = createSystemClock();
  const reader = superviseWorker({
    host: host.value,
    name: 'reader',
    init: {
      profileDir,
      client: CLIENT,
      logLevel: logLevel(),
      network: 'offline',
      autonomous: false,
      trace: false,
    },
    vault: { get: async () => null, put: async () => '', delete: async () => undefined },
    clock,
    logger: createStderrLogger(clock, logLevel()),
    onEvent: () => undefined,
    onState: () => undefined,
  });
  const started = await reader.started;
  return started.ok ? ok(reader) : started;
}

/** The router has parsed the answer with the method's own schema, on whichever side it runs. */
function typedCall(call: (method: string, input: unknown) => Promise<Reply>): Session['call'] {
  return async <M extends MethodName>(method: M, input: MethodInput<M>) => {
    const reply = await call(method, input);
    return reply.ok ? ok(reply.value as MethodOutput<M>) : fail(reply.failure);
  };
}

function viewed<T>(outcome: Outcome<T>): Outcome<T, FailureView> {
  return outcome.ok ? outcome : fail(toFailureView(outcome.failure));
}
