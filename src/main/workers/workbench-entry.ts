import { parentPort } from 'node:worker_threads';
import { doJob } from '../../sync/prepare/do-job';
import { serveWorkbench } from './serve-workbench';

/** Built as out/main/workbench.js; the engine starts it as a thread of its own when there is something to prepare. */
if (parentPort === null) throw new Error('A worker entry is started by its host, not by hand.');
serveWorkbench(parentPort, doJob);
