// Speaks the worker protocol without an engine behind it: answers calls with their input, ends on request.
import { parentPort } from 'node:worker_threads';

const post = (message) => (parentPort ? parentPort.postMessage(message) : process.send(message));
const listen = (listener) => (parentPort ?? process).on('message', listener);
if (!parentPort) process.on('disconnect', () => process.exit(0));

listen((message) => {
  if (message.kind === 'init') post({ kind: 'ready' });
  else if (message.kind === 'call' && message.input === 'crash') process.exit(3);
  else if (message.kind === 'call') {
    const { pid } = process;
    post({ kind: 'outcome', id: message.id, outcome: { ok: true, value: { input: message.input, pid } } });
  } else if (message.kind === 'stop') {
    post({ kind: 'stopped' });
    if (parentPort) parentPort.close();
    else process.disconnect();
  }
});
