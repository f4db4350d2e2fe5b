/**
 * Loaded before the app (`-r`): its `ready` waits until the tests have attached to it, so that they see every window from
 * its beginning and none loads its page while they attach.
 */
const { app } = require('electron');

const ready = app.whenReady();
const emit = app.emit.bind(app);
const attached = Promise.withResolvers();
let readyArgs = [];
app.emit = (event, ...args) => {
  if (event !== 'ready') return emit(event, ...args);
  readyArgs = args;
  return true;
};
app.whenReady = () => attached.promise;
/** Playwright calls this by its name as soon as it is attached. */
globalThis.__playwright_run = async () => {
  await ready;
  app.emit = emit;
  attached.resolve();
  emit('ready', ...readyArgs);
};
