import type { MethodOutput } from '../../shared/contract/methods';
import type { AccountView, StatusView, SyncLogView } from '../../shared/contract/views';
import { plural } from '../../shared/plural';
import { count, listed, number } from './plural';

const changes = { one: 'change', other: 'changes' };
const needs = { one: 'needs', other: 'need' };

/** Texts of the status pill (UI-050). */
export const pillStrings = {
  upToDate: (time: string | null) => (time === null ? 'Up to date' : `Up to date - ${time}`),
  syncing: (folders: number) =>
    folders === 0 ? 'Syncing' : `Syncing ${count(folders, { one: 'folder', other: 'folders' })}`,
  offline: (waiting: number) => (waiting === 0 ? 'Offline' : `Offline - ${count(waiting, changes)} waiting`),
  waiting: (waiting: number) => `${count(waiting, changes)} waiting`,
  signIn: 'Sign-in needed',
  attention: (parked: number) => `${count(parked, changes)} ${plural(parked, needs)} attention`,
  problem: (name: string, waiting: number) =>
    waiting === 0 ? `${name} cannot be reached` : `${name} cannot be reached - ${number(waiting)} waiting`,
  paused: 'Paused',
  diskFull: 'Disk full',
  connecting: 'Connecting',
};

type Totals = MethodOutput<'accounts.inspect'>['totals'];

const SECURITY: Readonly<Record<NonNullable<AccountView['server']>['security'], string>> = {
  tls: 'TLS',
  starttls: 'STARTTLS',
  none: 'not encrypted',
};

export const statusStrings = {
  /** Said aloud. */
  newMail: (senders: readonly string[]) => {
    const [only = ''] = senders;
    if (senders.length === 1) return `New message from ${only}`;
    return count(senders.length, { one: 'new message', other: 'new messages' });
  },
  panel: 'Sync activity',
  syncNow: 'Sync now',
  checking: 'Checking for new mail',
  ofAccounts: 'accounts',
  notSynced: 'Sync did not start',
  notChanged: 'The account is not changed',
  notOpened: 'The message is not opened',
  messageGone: 'It is no longer here.',
  messageNotHere: 'It is not on this computer.',
  addressUnclear: 'The address says nobody to write to.',
  syncAccount: (name: string) => `Sync ${name} now`,
  workOffline: 'Work offline',
  goOnline: 'Go online',
  stillOffline: 'Homeport stays offline',
  headersOnly: 'Headers only',
  metered: {
    choice: 'New mail is listed. The text of a message is loaded when you open it.',
    link: 'This connection is metered. The text of a message is loaded when you open it.',
  } satisfies Record<Exclude<StatusView['metered'], 'no'>, string>,
  now: 'Now',
  accounts: 'Accounts',
  log: 'Recent activity',
  logFilter: 'Show',
  logAll: 'Everything',
  logProblems: 'Problems only',
  logEmpty: 'Nothing yet',
  waitingLink: (n: number) => `${count(n, changes)} waiting`,
  attentionLink: (n: number) => `${count(n, changes)} ${plural(n, needs)} attention`,
  conflicts: 'When two devices disagree',
  database: (size: string) => `${size} on this computer`,
  diskFull: (needed: string) =>
    `The disk is full, so new mail is not stored. Free about ${needed} and it goes on by itself. Reading and deleting work meanwhile.`,
  resume: 'Resume',
  signIn: 'Sign in again',
  certificate: 'Look at it',
  accountActions: (name: string) => `Actions for ${name}`,
  lastChecked: (time: string | null) => (time === null ? 'Not checked yet' : `Last checked ${time}`),
  downloadsPaused: (time: string, left: number) =>
    `The provider gives no more for now. ${count(left, { one: 'message', other: 'messages' })} to read offline ${plural(left, { one: 'waits', other: 'wait' })} until ${time}.`,
  watch: {
    idle: 'New mail arrives at once',
    poll: 'Checked every few minutes',
    none: 'Not watched',
  } satisfies Record<AccountView['watch'], string>,
  /** In place of `watch` while there is no connection to be told on. */
  watchLater: {
    new: null,
    probing: null,
    ok: null,
    syncing: null,
    offline: 'Tried again by itself',
    error: 'Tried again by itself',
    auth: 'Nothing comes until you sign in',
    paused: 'Nothing comes until you resume',
    removing: 'Nothing comes any more',
  } satisfies Record<AccountView['state'], string | null>,
  localOnly: 'Only on this computer',
  state: {
    new: 'Not set up yet',
    probing: 'Testing the connection',
    ok: 'Up to date',
    syncing: 'Syncing',
    offline: 'Offline',
    auth: 'Sign-in needed',
    paused: 'Paused',
    error: 'Cannot be reached',
    removing: 'Being removed',
  } satisfies Record<AccountView['state'], string>,
  folders: (name: string) => `Folders of ${name}`,
  coverageFolder: 'Folder',
  coverageHeaders: 'Messages here',
  coverageBodies: 'To read offline',
  coverageIndexed: 'To search',
  coverageVerified: 'Verified',
  notVerified: 'not yet',
  numbers: {
    title: (name: string) => `Numbers of ${name}`,
    connection: 'Connection',
    reaches: (protocol: 'imap' | 'jmap' | 'local', server: NonNullable<AccountView['server']>) =>
      `${protocol.toUpperCase()} at ${server.host}:${server.port}, ${SECURITY[server.security]}`,
    open: (connections: number) => (connections === 0 ? 'none open' : `${number(connections)} open`),
    nextTry: (time: string) => `next try ${time}`,
    push: 'New mail',
    pushKind: {
      idle: 'Told by the server (IDLE)',
      poll: 'Asked for every few minutes, the server tells nothing',
      none: 'Not watched',
    } satisfies Record<AccountView['watch'], string>,
    queue: 'Changes to send',
    queued: (waiting: number, parked: number, next: string | null, since: string | null) =>
      listed(
        [
          waiting === 0 ? 'none' : `${number(waiting)} waiting${since === null ? '' : ` since ${since}`}`,
          parked === 0 ? '' : `${number(parked)} need attention`,
          next === null ? '' : `next try ${next}`,
        ].filter(Boolean),
      ),
    speed: 'Speed now',
    rate: (messages: number, bytes: string) =>
      `${count(Math.round(messages), { one: 'message', other: 'messages' })} and ${bytes} per second`,
    resting: 'resting',
    done: 'Done so far',
    counted: ({ fetched, changed, removed, pushed }: Totals) =>
      `${number(fetched)} fetched, ${number(changed)} changed, ${number(removed)} removed, ${number(pushed)} sent`,
    traffic: 'Traffic so far',
    transferred: (trips: number, received: string, sent: string) =>
      `${count(trips, { one: 'round trip', other: 'round trips' })}, ${received} received, ${sent} sent`,
    probes: 'Lost answers looked up',
    probed: ({ probedDone, probedNotDone, probedUndecided }: Totals) =>
      `${number(probedDone)} done, ${number(probedNotDone)} not done, ${number(probedUndecided)} undecided`,
    loop: 'Background work',
    loopBusy: (share: number, latestMs: number | null) =>
      listed(
        [
          `${number(Math.round(share * 100))} % busy`,
          latestMs === null ? '' : `at most ${number(Math.round(latestMs))} ms late`,
        ].filter(Boolean),
      ),
    verified: 'Compared with the server',
    notVerified: 'not yet',
    quota: { storage: 'Space on the server', messages: 'Messages on the server' } satisfies Record<
      AccountView['quota'][number]['kind'],
      string
    >,
    space: (used: string, limit: string) => `${used} of ${limit} used`,
    messages: (used: number, limit: number) => `${number(used)} of ${number(limit)}`,
  },
  /** Of what is here; the exact numbers are in the cell's tooltip. */
  coverageShare: (part: number, whole: number) =>
    part >= whole ? 'all' : `${Math.floor((100 * part) / whole)} %`,
  coverage: (stored: number, total: number | null) =>
    total === null || total <= stored ? number(stored) : `${number(stored)} of ${number(total)}`,
  activity: {
    connecting: 'Connecting',
    listing: 'Looking at the folders',
    headers: 'Getting older mail',
    bodies: 'Getting messages to read offline',
    pushing: 'Sending your changes',
    removing: 'Removing',
    changing: 'Changing many messages',
    searching: 'Searching the server',
  } satisfies Record<StatusView['activities'][number]['kind'], string>,
  activityPlace: (account: string, folder: string | null) =>
    folder === null ? account : `${account}, ${folder}`,
  progress: (done: number, total: number | null) =>
    total === null ? (done === 0 ? '' : number(done)) : `${number(done)} of ${number(total)}`,
  remaining: (ms: number | null) => {
    if (ms === null) return '';
    const minutes = Math.round(ms / 60_000);
    if (minutes < 1) return 'less than a minute left';
    if (minutes < 90) return `about ${count(minutes, { one: 'minute', other: 'minutes' })} left`;
    return `about ${count(Math.round(minutes / 60), { one: 'hour', other: 'hours' })} left`;
  },
  logKind: {
    list: 'Folder list',
    pull: 'Get mail',
    push: 'Send changes',
    watch: 'Wait for new mail',
    send: 'Send mail',
    auth: 'Sign in',
    audit: 'Check',
    state: 'State',
  } satisfies Record<SyncLogView['kind'], string>,
  logCounts: (row: Pick<SyncLogView, 'added' | 'changed' | 'removed' | 'pushed'>) =>
    listed(
      [
        row.added > 0 ? `${number(row.added)} new` : '',
        row.changed > 0 ? `${number(row.changed)} changed` : '',
        row.removed > 0 ? `${number(row.removed)} gone` : '',
        row.pushed > 0 ? `${number(row.pushed)} sent` : '',
      ].filter(Boolean),
    ) || 'nothing new',
  logRunning: 'running',
  logResult: { ok: 'done', partial: 'partly done', error: 'failed', cancelled: 'stopped' } satisfies Record<
    NonNullable<SyncLogView['result']>,
    string
  >,
};

/** What the window says about its own connection to Homeport. */
export const hostStrings = {
  lost: 'Homeport does not answer. Trying again.',
  restarting: 'The mail engine stopped and is being started again. Nothing is lost.',
  failed: 'The mail engine cannot be started. What is on this computer can still be read.',
  outdated: 'Homeport was updated. Reload this window to go on.',
  reload: 'Reload',
  crashTitle: 'This window failed',
  crashText: 'Your mail is safe. Reload to go on where you were.',
  noAnswerTitle: 'Homeport could not open your mail',
  tryAgain: 'Try again',
  endedTitle: 'This window is signed out',
  endedText: 'Open the link that Homeport printed when it started, or start it again to get a new one.',
};

export const topBarStrings = {
  account: 'Accounts and settings',
};

export const defaultAppStrings = {
  question: 'Open the mail addresses of this computer with Homeport?',
  yes: 'Make it the default',
  no: 'Not now',
  done: 'Mail addresses open in Homeport',
  notDone: 'Homeport is not the default',
};
