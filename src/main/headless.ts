#!/usr/bin/env node
import { runCli } from './cli/run-cli';
import { canRunSqlite, OLDEST_NODE } from './engine-host/node-version';

/** Entry of the command line and the headless host: out/main/headless.js. */
if (canRunSqlite(process.versions.node)) {
  const closed = new AbortController();
  let unwritten: NodeJS.ErrnoException | null = null;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` may stop reading; that ends the command as a signal does, it is no error.
    if (error.code !== 'EPIPE') unwritten ??= error;
    closed.abort();
  });
  process.stderr.on('error', () => undefined);
  const code = await runCli(process.argv.slice(2), import.meta.dirname, {
    out: (data) =>
      new Promise((resolve) => {
        process.stdout.write(data, () => resolve());
      }),
    err: (text) => process.stderr.write(text),
    closed: closed.signal,
  });
  const lost = unwritten as NodeJS.ErrnoException | null;
  if (lost !== null) process.stderr.write(`homeport: The answer could not be written (${lost.code}).\n`);
  process.exitCode = lost !== null && code === 0 ? 1 : code;
  // Whatever a library left open must not keep a finished command alive.
  process.exit();
} else {
  process.stderr.write(
    `Homeport needs Node ${OLDEST_NODE} or newer (this is ${process.versions.node}).\nInstall Node 24 from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
}
