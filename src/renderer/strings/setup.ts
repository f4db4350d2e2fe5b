import type { ImapServer } from '../../shared/contract/methods';
import type { ProbeView } from '../../shared/contract/views';
import { count } from './plural';

const SECURITY_WORDS: Record<ImapServer['security'], string> = {
  tls: 'encrypted',
  starttls: 'encrypted after the start',
  none: 'not encrypted',
};

export const setupStrings = {
  welcome: 'Welcome to Homeport',
  welcomeText: 'Your mail on your own computer, online and offline.',
  email: 'E-mail address',
  emailPlaceholder: 'you@example.org',
  emailWrong: 'Enter a whole e-mail address, for example anna@example.org',
  continue: 'Continue',
  back: 'Back',
  sample: 'Try with a sample mailbox',
  sampleName: 'Sample mailbox',
  sampleBusy: 'Making sample mail',
  sampleFailed: 'The sample mailbox was not made',
  found: ({ host, port, security }: ImapServer, known: boolean) =>
    `${host}, port ${port}, ${SECURITY_WORDS[security]}. ${known ? 'These are the settings of your provider.' : 'Guessed from your address.'}`,
  manual: ({ host, port, security }: ImapServer) => `${host}, port ${port}, ${SECURITY_WORDS[security]}`,
  serverTitle: 'Mail server',
  changeServer: 'Change',
  hideServer: 'Hide',
  host: 'Server',
  port: 'Port',
  portWrong: 'A number from 1 to 65535',
  hostWrong: 'Enter the name of the server',
  security: 'Security',
  securityOptions: { tls: 'TLS', starttls: 'STARTTLS', none: 'None (this computer only)' } satisfies Record<
    ImapServer['security'],
    string
  >,
  user: 'User name',
  userWrong: 'Enter your user name',
  name: 'Name of the account',
  nameHint: 'How it is called in the folder list',
  password: 'Password',
  passwordWrong: 'Enter your password',
  passwordHint: 'Kept encrypted on this computer and sent to your mail server only.',
  appPasswordHint: (domain: string) =>
    `${domain} wants an app password here: make one in the security settings of your account there.`,
  caHint:
    'If your organisation vouches for its own servers, choose the file with its certificate. It is trusted for this account only.',
  caChoose: 'Choose a certificate file',
  caChosen: (name: string) => `${name} is trusted for this account`,
  caWrong: (name: string) => `${name} holds no certificate`,
  caRemove: 'Remove the certificate file',
  connect: 'Connect',
  connectAgain: 'Try again',
  testing: (host: string) => `Testing the connection to ${host}`,
  signingIn: 'Adding the account',
  testTitle: 'Connection test',
  stepOk: 'done',
  stepFailed: 'failed',
  step: {
    dns: 'Find the server',
    connect: 'Reach the server',
    tls: 'Secure the connection',
    greeting: 'Meet a mail server',
    login: 'Sign in',
    capabilities: 'Ask what it can do',
    mailboxes: 'List the folders',
  } satisfies Record<ProbeView['steps'][number]['step'], string>,
  verdict: {
    ok: 'The connection works',
    'wrong-password': 'The server does not accept this user name and password.',
    'needs-oauth': 'This server wants you to sign in with a browser, which Homeport cannot do yet.',
    'needs-app-password':
      'This server wants an app password. Make one in the security settings of your account.',
    'tls-failed': 'The connection could not be secured.',
    unreachable: 'The server cannot be reached.',
    'blocked-by-admin': 'Whoever runs this server does not allow mail programs. Ask them to allow IMAP.',
    'not-a-mail-server': 'This is not a mail server.',
  } satisfies Record<ProbeView['verdict'], string>,
  certificateTitle: (host: string) => `The identity of ${host} cannot be confirmed`,
  certificateWarning:
    'Someone may be reading along. Go on only if you know this certificate, for example because it is your own server.',
  certificateHost: 'Server',
  certificateSubject: 'Issued to',
  certificateIssuer: 'Issued by',
  certificateValid: 'Valid',
  certificateRange: (from: string, to: string) => `${from} to ${to}`,
  certificateFingerprint: 'Fingerprint (SHA-256)',
  connectAnyway: 'Connect anyway',
  connectAnywayHint: 'Trusts exactly this certificate for this account. A changed certificate asks again.',
  addTitle: 'Add account',
  added: (name: string) => `${name} added`,
  notAdded: 'The account was not added',
  signInTitle: (name: string) => `Sign in again to ${name}`,
  signInSafe: (n: number) =>
    n === 0
      ? ''
      : `Your ${count(n, { one: 'waiting change', other: 'waiting changes' })} ${n === 1 ? 'is' : 'are'} safe.`,
  signIn: 'Sign in',
  signedIn: (name: string) => `Signed in to ${name}`,
  removeTitle: (name: string) => `Remove ${name}`,
  removeText:
    'Everything of this account is removed from this computer: messages, settings and the password. Mail on the server stays as it is.',
  unsentMessage: 'Unsent message',
  removeUnsent: (n: number) =>
    `${count(n, { one: 'change has', other: 'changes have' })} not reached the server and will be lost:`,
  removeMore: (n: number) => `and ${count(n, { one: 'more', other: 'more' })}`,
  remove: 'Remove account',
  removeAndDiscard: (n: number) => `Remove and discard ${count(n, { one: 'change', other: 'changes' })}`,
  removed: (name: string) => `${name} removed`,
  notRemoved: 'The account was not removed',
};
