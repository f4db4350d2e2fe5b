import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromiumBinary } from './browser.mjs';
import { runStreaming } from './spawn.mjs';

const isLinux = process.platform === 'linux';

/** What the tests start that npm cannot bring: the Debian package and what goes without it. */
const NEEDS = [
  {
    name: 'dovecot-imapd',
    use: 'integration tests',
    present: () => hasDovecot() && hasFile('/usr/lib/dovecot/imap'),
  },
  { name: 'dovecot-lmtpd', use: 'integration tests', present: () => hasFile('/usr/lib/dovecot/lmtp') },
  { name: 'exim4-daemon-light', use: 'integration tests of sending', present: () => onPath('exim4') },
  { name: 'python3', use: 'a second reader of what we write', present: () => onPath('python3') },
  { name: 'openssl', use: 'TLS tests', present: () => onPath('openssl') },
  { name: 'chromium-headless-shell', use: 'browser flows', present: () => chromiumBinary() !== undefined },
  {
    name: 'fonts-dejavu-core',
    use: 'readable screenshots',
    present: () => hasFile('/usr/share/fonts/truetype/dejavu'),
  },
  { name: 'xvfb', use: 'Electron flows without a display', present: () => !isLinux || onPath('xvfb-run') },
  { name: 'xauth', use: 'Electron flows without a display', present: () => !isLinux || onPath('xauth') },
  { name: 'xdotool', use: 'keys in the packaged app', present: () => !isLinux || onPath('xdotool') },
  {
    name: 'libglib2.0-bin',
    use: 'the mark of files from the internet',
    present: () => !isLinux || onPath('gio'),
  },
  { name: 'isync', use: 'a benchmark anchor', present: () => onPath('mbsync') },
];

/** @typedef {{ servers: boolean, chromium: boolean, xvfb: boolean, xdotool: boolean }} Available */

/**
 * Sets up what the tests need where we may (Debian, as root), else says what is missing and how to get it. Speaks on
 * stderr. Returns what is there afterwards.
 * @returns {Promise<Available>}
 */
export async function setUpMachine() {
  const missing = NEEDS.filter((need) => !need.present());
  if (missing.length > 0) {
    const names = missing.map((need) => need.name);
    const debian = isLinux && onPath('apt-get');
    if (debian && process.getuid?.() === 0) await aptInstall(names);
    const still = missing.filter((need) => !need.present());
    if (still.length > 0) explain(still, debian);
  }
  return {
    servers: hasDovecot() && onPath('exim4') && onPath('python3'),
    chromium: chromiumBinary() !== undefined,
    xvfb: onPath('xvfb-run'),
    xdotool: onPath('xdotool'),
  };
}

/** @param {string[]} names */
async function aptInstall(names) {
  console.error(`Installing ${names.join(' ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // apt's own chatter would fill pages: the details only when it fails for good.
  const install = () =>
    spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...names],
      { env },
    );
  if (install().status === 0) return;
  await runStreaming('apt-get', ['update', '-qq'], { quietStdout: true, env });
  const second = install();
  if (second.status !== 0) console.error(String(second.stderr));
}

/**
 * @param {typeof NEEDS} missing
 * @param {boolean} debian
 */
function explain(missing, debian) {
  console.error('Missing here, so part of the tests cannot run:');
  for (const { name, use } of missing) console.error(`  ${name} (${use})`);
  const names = missing.map((need) => need.name).join(' ');
  console.error(
    debian
      ? `Install with: sudo apt-get install -y --no-install-recommends ${names}`
      : `These are Debian package names; install the same programs (Dovecot, Exim, Python, OpenSSL, Chromium or Chrome, mbsync) your system's way.`,
  );
}

function hasDovecot() {
  return onPath('dovecot');
}

/** Where packages put helper programs is known for Linux only; elsewhere the main program answers for them. */
function hasFile(/** @type {string} */ path) {
  return !isLinux || existsSync(path);
}

/** @param {string} program */
function onPath(program) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/opt/homebrew/sbin',
    '/usr/local/sbin',
  ];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}
