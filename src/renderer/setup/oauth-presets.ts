import type { OAuthClient } from '../../shared/contract/oauth-settings';

export interface ClientDraft
  extends Omit<OAuthClient, 'clientSecretRef' | 'scopes' | 'deviceUrl' | 'issuer'> {
  /** Typed, sealed before it goes anywhere; '' = a public client. */
  readonly clientSecret: string;
  readonly scopes: string;
  readonly deviceUrl: string;
  readonly issuer: string;
}

/** Where providers have their sign-in; the client id is one's own (APP-005). */
const PRESETS: Record<OAuthClient['provider'], ClientDraft> = {
  google: {
    provider: 'google',
    clientId: '',
    clientSecret: '',
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    deviceUrl: '',
    scopes: 'https://mail.google.com/ openid email',
    issuer: '',
  },
  microsoft: {
    provider: 'microsoft',
    clientId: '',
    clientSecret: '',
    authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    deviceUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/devicecode',
    scopes:
      'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access openid email',
    issuer: '',
  },
  other: {
    provider: 'other',
    clientId: '',
    clientSecret: '',
    authorizationUrl: '',
    tokenUrl: '',
    deviceUrl: '',
    scopes: '',
    issuer: '',
  },
};

export function presetOf(provider: OAuthClient['provider'] | null): ClientDraft {
  return PRESETS[provider ?? 'other'];
}

/** A stored client as it is shown for a change; its secret stays in the vault and is not shown. */
export function draftOf(client: OAuthClient): ClientDraft {
  const { clientSecretRef: _kept, scopes, deviceUrl, issuer, ...rest } = client;
  return {
    ...rest,
    clientSecret: '',
    scopes: scopes.join(' '),
    deviceUrl: deviceUrl ?? '',
    issuer: issuer ?? '',
  };
}

export type ClientErrors = Partial<
  Record<'clientId' | 'authorizationUrl' | 'tokenUrl' | 'deviceUrl' | 'scopes', true>
>;

/** What cannot be right before anybody is asked; an empty object = nothing. */
export function checkDraft(draft: ClientDraft): ClientErrors {
  const isEndpoint = (text: string) =>
    /^https:\/\/[^\s/]+/i.test(text) || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/i.test(text);
  return {
    ...(draft.clientId.trim() === '' ? { clientId: true } : {}),
    ...(isEndpoint(draft.authorizationUrl) ? {} : { authorizationUrl: true }),
    ...(isEndpoint(draft.tokenUrl) ? {} : { tokenUrl: true }),
    ...(draft.deviceUrl === '' || isEndpoint(draft.deviceUrl) ? {} : { deviceUrl: true }),
    ...(draft.scopes.trim() === '' ? { scopes: true } : {}),
  };
}

/** The client as the contract has it. */
export function clientOf(draft: ClientDraft, clientSecretRef: string | null): OAuthClient {
  const { clientSecret: _sealed, ...rest } = draft;
  return {
    ...rest,
    clientId: draft.clientId.trim(),
    clientSecretRef,
    deviceUrl: draft.deviceUrl === '' ? null : draft.deviceUrl,
    issuer: draft.issuer === '' ? null : draft.issuer,
    scopes: draft.scopes.trim().split(/\s+/),
  };
}

/** Where an administrator gives consent for everybody; null where the provider has no such page. */
export function consentUrlOf({ provider, clientId }: ClientDraft): string | null {
  return provider === 'microsoft' && clientId !== ''
    ? `https://login.microsoftonline.com/organizations/adminconsent?client_id=${encodeURIComponent(clientId)}`
    : null;
}
