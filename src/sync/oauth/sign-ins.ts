import { timingSafeEqual } from 'node:crypto';
import type { OAuthClient } from '../../shared/contract/oauth-settings';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Ports } from '../ports/ports';
import { askToken, type Granted } from './ask-token';
import { authorizationUrl, readAnswer } from './authorize';
import { beginDevice, waitForDevice } from './device-grant';
import { SECRET_BYTES, SIGN_IN_MS } from './limits';
import { SIGN_IN_LATE, SIGN_IN_STOPPED } from './oauth-failures';
import { sealTokens } from './token-set';

export type SignInPorts = Pick<Ports, 'clock' | 'http' | 'vault' | 'random' | 'redirects'>;

export interface SignIns {
  begin(
    client: OAuthClient,
    email: string,
  ): Promise<Outcome<{ readonly signInId: string; readonly url: string }>>;
  beginDevice(
    client: OAuthClient,
  ): Promise<Outcome<{ readonly signInId: string; readonly userCode: string; readonly url: string }>>;
  finish(
    signInId: string,
  ): Promise<Outcome<{ readonly secretRef: string; readonly grantedAs: string | null }>>;
  cancel(signInId: string): void;
  /** Gives up what is under way, so that no listener outlives the engine. */
  stop(): void;
}

interface SignIn {
  readonly id: string;
  readonly granted: Promise<Outcome<Granted>>;
  giveUp(why: Failure): void;
}

/** Sign-ins with the browser, one at a time: a person has one pair of eyes, and a forgotten one must not stay open. */
export function createSignIns(ports: SignInPorts): SignIns {
  const { clock, random, redirects, vault } = ports;
  let current: SignIn | null = null;

  function start(work: (signal: AbortSignal) => Promise<Outcome<Granted>>): SignIn {
    current?.giveUp(SIGN_IN_STOPPED);
    const stopped = new AbortController();
    let end: (failure: Failure) => void = () => {};
    const ended = new Promise<Outcome<Granted>>((resolve) => {
      end = (failure) => resolve(fail(failure));
    });
    const giveUp = (why: Failure) => {
      end(why);
      stopped.abort();
    };
    const cancelTimer = clock.after(SIGN_IN_MS, () => giveUp(SIGN_IN_LATE));
    const granted = Promise.race([ended, work(stopped.signal)]).finally(() => {
      cancelTimer();
      stopped.abort();
    });
    current = { id: random.token(SECRET_BYTES), granted, giveUp };
    return current;
  }

  return {
    begin: async (client, email) => {
      const state = random.token(SECRET_BYTES);
      const verifier = random.token(SECRET_BYTES);
      const isOurs = (answer: URLSearchParams) => isSame(answer.getAll('state'), state);
      const listener = await redirects.open(`/${random.token(SECRET_BYTES)}`, isOurs);
      const { redirectUri } = listener;
      const signIn = start(async (signal) => {
        signal.addEventListener('abort', () => listener.close());
        const code = readAnswer(client, await listener.answer);
        if (!code.ok) return code;
        const form = {
          grant_type: 'authorization_code',
          code: code.value,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        };
        return askToken(client, form, ports, null, signal);
      });
      const url = authorizationUrl(client, { redirectUri, state, verifier, email });
      return ok({ signInId: signIn.id, url });
    },

    beginDevice: async (client) => {
      const begun = await beginDevice(client, ports);
      if (!begun.ok) return begun;
      const { userCode, url } = begun.value;
      const signIn = start((signal) => waitForDevice(client, begun.value, ports, signal));
      return ok({ signInId: signIn.id, userCode, url });
    },

    finish: async (signInId) => {
      const signIn = current;
      if (signIn?.id !== signInId) return fail(SIGN_IN_STOPPED);
      const granted = await signIn.granted;
      // Whoever asks twice gets one secret, not two.
      if (current !== signIn) return fail(SIGN_IN_STOPPED);
      current = null;
      if (!granted.ok) return granted;
      const { tokens, grantedAs } = granted.value;
      return ok({ secretRef: await vault.put(sealTokens(tokens)), grantedAs });
    },

    cancel: (signInId) => {
      if (current?.id === signInId) current.giveUp(SIGN_IN_STOPPED);
    },
    stop: () => current?.giveUp(SIGN_IN_STOPPED),
  };
}

function isSame(given: readonly string[], expected: string): boolean {
  const [state = ''] = given;
  const one = Buffer.from(state);
  const other = Buffer.from(expected);
  return given.length === 1 && one.length === other.length && timingSafeEqual(one, other);
}
