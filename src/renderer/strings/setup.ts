import type { DiscoverySource, DiscoveryView } from '../../shared/contract/discovery';
import type { ImapServer } from '../../shared/contract/methods';
import type { SubmissionSettings } from '../../shared/contract/submission-settings';
import type { FailureView, ProbeView } from '../../shared/contract/views';
import { plural } from '../../shared/plural';
import { count } from './plural';

const SECURITY_WORDS: Record<ImapServer['security'], string> = {
  tls: 'encrypted',
  starttls: 'encrypted',
  none: 'not encrypted',
};

const SECURITY_NAMES: Record<ImapServer['security'], string> = {
  tls: 'TLS',
  starttls: 'STARTTLS',
  none: 'no encryption',
};

const SAID_BY: Record<DiscoverySource, (toldBy: string) => string> = {
  provider: (name) => `the usual settings of ${name}`,
  domain: (host) => `published by ${host}`,
  database: () => 'found in Thunderbird’s list of providers',
  mx: (host) => `found through ${host}, where the domain has its mail`,
  dns: () => 'found through the domain’s own records',
  guess: () => 'which answers there but is published nowhere',
  nothing: () => 'guessed from your address: nothing was found',
};

export const setupStrings = {
  welcome: 'Welcome to Homeport',
  welcomeText: 'Your mail on your own computer, online and offline.',
  email: 'E-mail address',
  emailPlaceholder: 'you@example.org',
  emailWrong: 'Enter a whole e-mail address, for example anna@example.org',
  continue: 'Continue',
  twin: (email: string, name: string) =>
    `You have an account for ${email} already: ${name}. Add another one only if its mail is in another place.`,
  back: 'Back',
  sample: 'Try with a sample mailbox',
  sampleName: 'Sample mailbox',
  sampleBusy: 'Making sample mail',
  sampleFailed: 'The sample mailbox was not made',
  looking: (domain: string) => `Looking for the mail server of ${domain}`,
  byHand: 'Set up by hand',
  servers: (imap: ImapServer, submission: SubmissionSettings | null) => {
    const security = SECURITY_WORDS[imap.security];
    if (submission === null) return `IMAP at ${imap.host}, ${security}`;
    if ((submission.security === 'none') !== (imap.security === 'none'))
      return `IMAP at ${imap.host}, ${security}, and SMTP at ${submission.host}, ${SECURITY_WORDS[submission.security]}`;
    return submission.host === imap.host
      ? `IMAP and SMTP at ${imap.host}, ${security}`
      : `IMAP at ${imap.host} and SMTP at ${submission.host}, ${security}`;
  },
  saidBy: ({ source, toldBy, jmap }: DiscoveryView) =>
    `, ${SAID_BY[source](toldBy ?? '')}${jmap ? `; JMAP at ${jmap.toldBy} too` : ''}`,
  unsafeServers: (host: string) =>
    `These settings were read without encryption, so somebody on the way could have written them. Is ${host} your provider’s server?`,
  confirmServers: 'Yes, use it',
  databaseOffer: (domain: string) =>
    `Thunderbird keeps a list of providers. Asking it tells it “${domain}” and nothing else.`,
  askDatabase: 'Ask the list',
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
  appPassword: 'App password',
  appPasswordTitle: (provider: string) => `${provider} wants an app password here`,
  appPasswordMake: (provider: string) =>
    `Make one for Homeport in the security settings of your ${provider} account. Two-step sign-in has to be on there.`,
  appPasswordOpen: (host: string) => `Open ${host}`,
  appPasswordPaste: 'Copy it and paste it below. Your usual password stays as it is.',
  sendingTitle: 'Server for sending',
  sendingOn: 'Send mail from this account',
  sendingHost: 'Server for sending',
  sendingPort: 'Port for sending',
  sendingSecurity: 'Security for sending',
  sendingUser: 'User name for sending',
  sendingUserHint: 'Empty: the same as above',
  sendingOf: (name: string) => `Sending from ${name}`,
  sendingUserAs: (user: string) => `Empty: ${user}, as for receiving. The password is the same.`,
  sendingStored: (name: string, submission: SubmissionSettings | null) =>
    submission === null ? `${name} only receives now` : `${name} sends through ${submission.host}`,
  storeUntested: 'Save without testing',
  testAndStore: 'Test and save',
  store: 'Save',
  receiving: 'Receiving',
  sending: 'Sending',
  addWithoutSending: 'Add without sending',
  pageNotOpened: 'The page was not opened',
  wallBlocked: 'Your administrator has to allow this',
  wallBlockedText: (host: string) =>
    `${host} is there and may know you, but mail programs are switched off for your account. Whoever runs your mail can switch them on. Send them this:`,
  wallConsentText: (host: string) =>
    `Your organisation decides which programs may use ${host}, and has not agreed to this one yet. Send this to whoever runs your mail:`,
  wallBrowser: 'This server takes no passwords',
  wallBrowserText: (host: string) =>
    `${host} wants you to sign in with the browser. If that is not possible for you, whoever runs your mail can help. Send them this:`,
  wallRequest: (email: string, host: string, consentUrl: string | null, said: string) =>
    [
      `Please allow the mail program Homeport to use my mailbox ${email} at ${host}: IMAP for receiving, authenticated SMTP for sending, and consent for the application if it needs one.`,
      consentUrl === null ? '' : ` Consent is given here: ${consentUrl}`,
      said === '' ? '' : ` The server said: “${said}”`,
    ].join(''),
  wallCopy: 'Copy the request',
  wallCopied: 'Request copied',
  wallNotCopied: 'The clipboard is not available',
  useAppPassword: 'Use an app password instead',
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
    'needs-oauth': 'This server wants you to sign in with the browser.',
    'needs-app-password':
      'This server wants an app password. Make one in the security settings of your account.',
    'tls-failed': 'The connection could not be secured.',
    unreachable: 'The server cannot be reached.',
    'blocked-by-admin': 'Whoever runs this server does not allow mail programs. Ask them to switch that on.',
    'not-a-mail-server': 'This is not a mail server.',
  } satisfies Record<ProbeView['verdict'], string>,
  /** What to do about a failure whose own words say nothing about it, or only that Homeport waits. */
  hints: {
    offline: 'Check your connection to the internet and the name of the server, then try again.',
    dns: 'Check the spelling of the server’s name.',
    refused: 'Check the name of the server and the port.',
    tls: 'Try another kind of encryption, or another network.',
    auth: 'Check user name and password.',
    'not-a-mail-server': 'Check the name of the server and the port.',
    throttled: 'Wait a few minutes, then try again.',
    rejected: 'Try again later, or ask whoever runs the server.',
    conflict: 'Go back for another address.',
    'unknown-outcome': 'Try again.',
    protocol: 'Check the name of the server and the port. If they are right, try again later.',
    limit: 'Free some space on this computer, then try again.',
    invalid: 'Check what you entered.',
    usage: 'Check what you entered.',
    'not-found': 'Check what you entered.',
    cancelled: 'Try again.',
    internal: 'Try again. If it stays, restart Homeport.',
  } satisfies Record<FailureView['kind'], string>,
  encryptionAt: ({ security, port }: Pick<ImapServer, 'security' | 'port'>) =>
    `Use ${SECURITY_NAMES[security]} with port ${port}`,
  anotherAddress: 'Use another address',
  certificateTitle: (host: string) => `The identity of ${host} cannot be confirmed`,
  certificateWarning:
    'Someone may be reading along. Go on only if you know this certificate, for example because it is your own server.',
  certificateHost: 'Server',
  certificateSubject: 'Issued to',
  certificateIssuer: 'Issued by',
  certificateValid: 'Valid',
  certificateRange: (from: string, to: string) => `${from} to ${to}`,
  certificateFingerprint: 'Fingerprint (SHA-256)',
  certificateOf: (account: string) => `Certificate problem of ${account}`,
  certificateChanged:
    'The server shows another certificate than the one you trusted. Servers get new ones from time to time, but it may also be somebody in between. Ask whoever runs the server before you go on.',
  certificateTrusted: (host: string) => `The certificate of ${host} is trusted for this account`,
  certificateNotTrusted: 'The certificate is not trusted',
  connectAnyway: 'Connect anyway',
  connectAnywayHint: 'Trusts exactly this certificate for this account. A changed certificate asks again.',
  addTitle: 'Add account',
  added: (name: string) => `${name} added`,
  notAdded: 'The account was not added',
  signInTitle: (name: string) => `Sign in again to ${name}`,
  signInSafe: (n: number) =>
    n === 0
      ? ''
      : `Your ${count(n, { one: 'waiting change', other: 'waiting changes' })} ${plural(n, { one: 'is', other: 'are' })} safe.`,
  signIn: 'Sign in',
  signedIn: (name: string) => `Signed in to ${name}`,
  removeTitle: (name: string) => `Remove ${name}`,
  removeText:
    'Everything of this account is removed from this computer: messages, settings and the password. Mail on the server stays as it is.',
  unsentMessage: 'Unsent message',
  removeUnsent: (n: number) =>
    `${count(n, { one: 'change has', other: 'changes have' })} not reached the server and ${plural(n, { one: 'goes', other: 'go' })} with it:`,
  removeMore: (n: number) => `and ${count(n, { one: 'more', other: 'more' })}`,
  remove: 'Remove account',
  removeAndDiscard: (n: number) => `Remove and discard ${count(n, { one: 'change', other: 'changes' })}`,
  removed: (name: string) => `${name} removed`,
  notRemoved: 'The account was not removed',
};
