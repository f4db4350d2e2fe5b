import type { MethodOutput } from '../../shared/contract/methods';
import type { OAuthClient } from '../../shared/contract/oauth-settings';

type Part = MethodOutput<'oauth.check'>[number]['part'];

export const oauthStrings = {
  clientTitle: 'Sign-in with the browser',
  clientText:
    'Your provider wants to know which program asks. Enter the client that you, or whoever runs your mail, registered there.',
  provider: 'Provider',
  providers: { google: 'Google', microsoft: 'Microsoft', other: 'Another one' } satisfies Record<
    OAuthClient['provider'],
    string
  >,
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  secretHint: 'Only if the provider gave one',
  secretKept: 'Empty: the one that is kept stays',
  authorizationUrl: 'Address of the sign-in page',
  tokenUrl: 'Address for tokens',
  deviceUrl: 'Address for codes',
  scopes: 'Scopes',
  issuer: 'Issuer',
  optional: 'May stay empty',
  more: 'Addresses and scopes',
  wrong: {
    clientId: 'Enter the client ID',
    authorizationUrl: 'An address that begins with https://',
    tokenUrl: 'An address that begins with https://',
    deviceUrl: 'An address that begins with https://, or nothing',
    scopes: 'Enter at least one scope',
  },
  check: 'Check values',
  checkTitle: 'Check of the client',
  parts: { authorization: 'Sign-in page', token: 'Tokens', client: 'Client' } satisfies Record<Part, string>,
  signIn: 'Sign in with the browser',
  useCode: 'Use a code',
  usePassword: 'Use a password instead',
  useBrowser: 'Sign in with the browser instead',
  waitingTitle: 'Waiting for the sign-in',
  waiting: 'Sign in on the page that has opened. This window goes on by itself.',
  enterCode: (host: string) => `Open ${host} on any device and enter this code:`,
  cancel: 'Cancel',
  openAgain: 'Open the page again',
  openPage: 'Open the page',
  granted: (name: string) => `Signed in as ${name}`,
  grantedUnnamed: 'Signed in',
};
