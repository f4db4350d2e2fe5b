#!/usr/bin/env node
import { runCli } from './cli/run-cli';
import { canRunSqlite, OLDEST_NODE } from './engine-host/node-version';

/** Entry of the command line and the headless host: out/main/headless.js. */
if (canRunSqlite(process.versions.node)) {
  // A reader such as `head` may stop reading; that ends the command, it is no error.
  process.stdout.on('error', () => process.exit(0));
  process.exitCode = await runCli(process.argv.slice(2), import.meta.dirname, {
    out: (data) =>
      new Promise((resolve) => {
        process.stdout.write(data, () => resolve());
      }),
    err: (text) => process.stderr.write(text),
  });
  // Whatever a library left open must not keep a finished command alive.
  process.exit();
} else {
  process.stderr.write(
    `Homeport needs Node ${OLDEST_NODE} or newer (this is ${process.versions.node}).\nInstall Node 24 from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
}
