import type { Reply } from '../shared/contract/bridge';
import { MAX_MESSAGE_BYTES, METHODS, type MethodName } from '../shared/contract/methods';
import { fail, type Outcome } from '../shared/outcome';
import type { Logger } from '../sync/ports/logger';
import type { Caller, HostMethodName, HostMethods } from './core/host-methods';
import { isLargerThan } from './core/is-larger-than';
import type { MethodStats } from './core/method-stats';
import { toFailureView } from './core/to-failure-view';

type Ask = (method: MethodName, input: unknown) => Promise<Outcome<unknown>>;

type HostHandler = (input: unknown, caller: Caller | undefined) => Promise<Outcome<unknown>>;

export interface RouterOptions {
  readonly engine: Ask;
  readonly reader: Ask;
  readonly host: HostMethods;
  readonly logger: Logger;
  readonly stats: MethodStats;
}

/** Answers one call of the contract; never throws. `caller`: the window it came from, where the host has windows. */
export type Router = (method: string, input: unknown, caller?: Caller) => Promise<Reply>;

/**
 * The one gate every call goes through, whether it came over IPC, WebSocket or the local socket (APP-362): the method
 * is an own property of the contract, the input is small enough and passes its strict schema, the answer passes its
 * schema and is small enough too. What is refused here never reaches a worker.
 */
export function createRouter({ engine, reader, host, logger, stats }: RouterOptions): Router {
  return async (method, input, caller) => {
    if (!isMethod(method)) return refused('not-found', 'There is no such method.');
    if (isLargerThan(input, MAX_MESSAGE_BYTES)) return refused('limit', 'The request is larger than 1 MB.');
    const parsed = METHODS[method].input.safeParse(input);
    if (!parsed.success)
      return refused('invalid', `The request does not fit ${method}: ${whereInvalid(parsed.error)}.`);

    const ended = stats.begin(method);
    const outcome = await ask(method, parsed.data, caller);
    ended(outcome.ok);
    if (!outcome.ok) return { ok: false, failure: toFailureView(outcome.failure) };
    const answer = METHODS[method].output.safeParse(outcome.value);
    if (!answer.success) {
      logger.error('router.bad-answer', { method, at: whereInvalid(answer.error) });
      return refused('internal', 'The answer was not what the contract says.');
    }
    if (isLargerThan(answer.data, MAX_MESSAGE_BYTES)) {
      logger.error('router.large-answer', { method });
      return refused('limit', 'The answer is larger than 1 MB.');
    }
    return { ok: true, value: answer.data };
  };

  async function ask(
    method: MethodName,
    input: unknown,
    caller: Caller | undefined,
  ): Promise<Outcome<unknown>> {
    try {
      switch (METHODS[method].place) {
        case 'engine':
          return await engine(method, input);
        case 'reader':
          return await reader(method, input);
        case 'host':
          // The schema above has just made `input` what this handler takes.
          return await (host[method as HostMethodName] as HostHandler)(input, caller);
      }
    } catch (error) {
      logger.error('router.bug', { method, error: error instanceof Error ? error.name : typeof error });
      return fail({ kind: 'internal', message: 'Something went wrong inside Homeport.' });
    }
  }
}

function isMethod(method: string): method is MethodName {
  return Object.hasOwn(METHODS, method);
}

function refused(kind: 'not-found' | 'limit' | 'invalid' | 'internal', message: string): Reply {
  return { ok: false, failure: { kind, message } };
}

/** Paths of the first problems; never values, which may be secrets or mail. */
function whereInvalid(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[] }[];
}): string {
  const places = error.issues.slice(0, 3).map((issue) => issue.path.map(String).join('.') || 'the whole');
  return places.join(', ');
}
