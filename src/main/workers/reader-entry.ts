import { createReaderRuntime } from '../../sync/runtime';
import { parentChannel } from './parent-channel';
import { serveReader } from './serve-reader';

/** Built as out/main/reader.js; started as a worker thread or as a child process by an EngineHost. */
serveReader(parentChannel(), createReaderRuntime);
