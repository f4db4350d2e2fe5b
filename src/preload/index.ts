import { contextBridge, ipcRenderer } from 'electron';
import { createBridge } from './bridge';

/** Built as out/preload/index.cjs: a sandboxed preload must be CommonJS. */
contextBridge.exposeInMainWorld('homeport', createBridge(ipcRenderer, process.platform));
