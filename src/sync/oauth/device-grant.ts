import type { OAuthClient } from '../../shared/contract/oauth-settings';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { askToken, type Granted, postForm, refusal, type TokenPorts } from './ask-token';
import { DEVICE_INTERVAL_S } from './limits';
import { NO_SENSE, SIGN_IN_STOPPED } from './oauth-failures';

export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  /** Where the code is typed in; with the code in it where the server offers that. */
  readonly url: string;
  readonly intervalMs: number;
}

/** RFC 8628 3.1: asks for a code that a person types in somewhere else. */
export async function beginDevice(client: OAuthClient, ports: TokenPorts): Promise<Outcome<DeviceCode>> {
  if (client.deviceUrl === null) {
    return fail({
      kind: 'invalid',
      message: 'This provider offers no codes.',
      hint: 'Sign in with the browser.',
    });
  }
  const asked = await postForm(client.deviceUrl, client, { scope: client.scopes.join(' ') }, ports);
  if (!asked.ok) return asked;
  const { status, answer } = asked.value;
  if (status !== 200) return fail(refusal(answer));
  const { device_code, user_code, verification_uri, verification_uri_complete, interval } = answer;
  const url = page(verification_uri_complete) ?? page(verification_uri);
  if (typeof device_code !== 'string' || typeof user_code !== 'string' || url === null) return fail(NO_SENSE);
  const seconds = Number(interval ?? DEVICE_INTERVAL_S);
  return ok({
    deviceCode: device_code,
    userCode: user_code.slice(0, 100),
    url,
    intervalMs: (Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) : DEVICE_INTERVAL_S) * 1_000,
  });
}

/** RFC 8628 3.4 and 3.5: asks at the server's pace until the person has decided. */
export async function waitForDevice(
  client: OAuthClient,
  { deviceCode, intervalMs }: DeviceCode,
  ports: TokenPorts,
  signal: AbortSignal,
): Promise<Outcome<Granted>> {
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode };
  let pauseMs = intervalMs;
  while (!signal.aborted) {
    await ports.clock.sleep(pauseMs, signal);
    if (signal.aborted) break;
    const asked = await askToken(client, form, ports, null, signal);
    if (asked.ok) return asked;
    const { failure } = asked;
    const code = failure.kind === 'rejected' ? failure.code : undefined;
    if (code === 'slow_down') pauseMs += DEVICE_INTERVAL_S * 1_000;
    // A lost connection is asked again more slowly (RFC 8628 3.5).
    else if (failure.kind === 'offline') pauseMs *= 2;
    else if (code !== 'authorization_pending') return asked;
  }
  return fail(SIGN_IN_STOPPED);
}

/** A page to show: encrypted, or of this computer's own test server. */
function page(value: unknown): string | null {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  return url !== null && (url.protocol === 'https:' || url.hostname === '127.0.0.1') ? url.href : null;
}
