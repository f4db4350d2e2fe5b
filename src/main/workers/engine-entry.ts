import { createSyncRuntime } from '../../sync/runtime';
import { parentChannel } from './parent-channel';
import { serveEngine } from './serve-engine';

/** Built as out/main/engine.js; started as a worker thread or as a child process by an EngineHost. */
serveEngine(parentChannel(), createSyncRuntime);
