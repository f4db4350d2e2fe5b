import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OAuthClient } from '../../src/shared/contract/oauth-settings';

/** How the server behaves from now on; everything absent is as the standards say. */
export interface AuthorizationMood {
  /** The sign-in page sends the person back with this error. */
  readonly denies?: { readonly error: string; readonly error_description?: string };
  readonly issuer?: string | null;
  readonly state?: string;
  /** The token endpoint answers with this status and nothing that makes sense. */
  readonly tokenStatus?: number;
  readonly tokenError?: string;
  readonly scope?: string;
  readonly expiresInS?: number;
  readonly keepsRefreshToken?: boolean;
  /** Device codes: what is answered to each question before the grant. */
  readonly deviceAnswers?: readonly string[];
}

export interface AuthorizationServer {
  readonly origin: string;
  readonly client: OAuthClient;
  mood: AuthorizationMood;
  /** Every token request as its form. */
  readonly tokenRequests: Record<string, string>[];
  /** Access tokens that are good, and whose they are. */
  readonly accessTokens: Map<string, string>;
  readonly refreshTokens: Map<string, string>;
  /** Access tokens that a mail server asked about. */
  readonly introspected: string[];
  /** Signs in as `user` at a sign-in page; answers where the person is sent. */
  signIn(url: string, user: string): Promise<URL>;
  /** Signs in and follows the way back; answers the status of the page that the person sees. */
  signInAndReturn(url: string, user: string): Promise<number>;
  /** The person typed the code in. */
  approveDevice(user: string): void;
  close(): Promise<void>;
}

const form = async (request: IncomingMessage): Promise<Record<string, string>> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return Object.fromEntries(new URLSearchParams(body));
};

/** An authorization server on loopback: codes with PKCE, rotating refresh tokens, device codes, introspection. */
export async function startAuthorization(): Promise<AuthorizationServer> {
  const codes = new Map<string, { challenge: string; redirectUri: string; user: string }>();
  const accessTokens = new Map<string, string>();
  const refreshTokens = new Map<string, string>();
  const tokenRequests: Record<string, string>[] = [];
  const devices = new Map<string, { answers: string[]; user: string | null }>();
  const introspected: string[] = [];
  const random = () => randomBytes(16).toString('hex');
  let mood: AuthorizationMood = {};
  let origin = '';

  const json = (response: ServerResponse, status: number, value: unknown) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  const refuse = (response: ServerResponse, error: string) => json(response, 400, { error });

  const grant = (response: ServerResponse, user: string, oldRefresh: string | null) => {
    const access = `at-${random()}`;
    accessTokens.set(access, user);
    const rotates = oldRefresh === null || !mood.keepsRefreshToken;
    const refresh = rotates ? `rt-${random()}` : oldRefresh;
    if (rotates && oldRefresh !== null) refreshTokens.delete(oldRefresh);
    refreshTokens.set(refresh, user);
    const claims = Buffer.from(JSON.stringify({ sub: user, email: `${user}@example.org` })).toString(
      'base64url',
    );
    json(response, 200, {
      token_type: 'Bearer',
      access_token: access,
      ...(rotates ? { refresh_token: refresh } : {}),
      expires_in: mood.expiresInS ?? 3600,
      scope: mood.scope ?? 'mail',
      id_token: `e30.${claims}.x`,
    });
  };

  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await form(request);
    tokenRequests.push(asked);
    if (mood.tokenStatus !== undefined) return response.writeHead(mood.tokenStatus).end('<html>busy</html>');
    if (mood.tokenError !== undefined) return refuse(response, mood.tokenError);
    if (asked.client_id !== 'homeport-test') return refuse(response, 'invalid_client');
    if (asked.grant_type === 'refresh_token') {
      const user = refreshTokens.get(asked.refresh_token ?? '');
      return user === undefined
        ? refuse(response, 'invalid_grant')
        : grant(response, user, asked.refresh_token ?? null);
    }
    if (asked.grant_type === 'authorization_code') {
      const code = codes.get(asked.code ?? '');
      codes.delete(asked.code ?? '');
      const challenge = createHash('sha256')
        .update(asked.code_verifier ?? '')
        .digest('base64url');
      return code?.challenge === challenge && code.redirectUri === asked.redirect_uri
        ? grant(response, code.user, null)
        : refuse(response, 'invalid_grant');
    }
    const device = devices.get(asked.device_code ?? '');
    if (!device) return refuse(response, 'invalid_grant');
    const next = device.answers.shift();
    if (next !== undefined) return refuse(response, next);
    return device.user === null
      ? refuse(response, 'authorization_pending')
      : grant(response, device.user, null);
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', origin);
    switch (url.pathname) {
      case '/token':
        return void token(request, response);
      case '/device': {
        const code = random();
        devices.set(code, { answers: [...(mood.deviceAnswers ?? [])], user: null });
        return json(response, 200, {
          device_code: code,
          user_code: 'HOME-PORT',
          verification_uri: `${origin}/enter`,
          expires_in: 600,
          interval: 5,
        });
      }
      // RFC 7662, as a mail server asks it.
      case '/introspect': {
        const access = url.searchParams.get('token') ?? '';
        introspected.push(access);
        const user = accessTokens.get(access);
        return json(
          response,
          200,
          user === undefined ? { active: false } : { active: true, username: user, email: user },
        );
      }
      case '/authorize':
        return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Sign in</h1>');
      default:
        return response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const signIn = async (address: string, user: string): Promise<URL> => {
    const { searchParams: asked } = new URL(address);
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('state', mood.state ?? asked.get('state') ?? '');
    const issuer = mood.issuer === undefined ? origin : mood.issuer;
    if (issuer !== null) back.searchParams.set('iss', issuer);
    if (mood.denies) {
      for (const [name, value] of Object.entries(mood.denies)) back.searchParams.set(name, value);
      return back;
    }
    if (asked.get('code_challenge_method') !== 'S256') throw new Error('no proof key');
    const code = random();
    codes.set(code, {
      challenge: asked.get('code_challenge') ?? '',
      redirectUri: asked.get('redirect_uri') ?? '',
      user,
    });
    back.searchParams.set('code', code);
    return back;
  };

  return {
    origin,
    client: {
      provider: 'other',
      clientId: 'homeport-test',
      clientSecretRef: null,
      authorizationUrl: `${origin}/authorize`,
      tokenUrl: `${origin}/token`,
      deviceUrl: `${origin}/device`,
      scopes: ['mail', 'openid'],
      issuer: origin,
    },
    get mood() {
      return mood;
    },
    set mood(next) {
      mood = next;
    },
    tokenRequests,
    accessTokens,
    refreshTokens,
    introspected,
    signIn,
    signInAndReturn: async (url, user) => (await fetch(await signIn(url, user))).status,
    approveDevice: (user) => {
      for (const device of devices.values()) device.user = user;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
