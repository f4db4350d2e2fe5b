import { create } from 'zustand';
import type { MethodOutput } from '../../shared/contract/methods';
import type { StatusView } from '../../shared/contract/views';
import type { ConnectionState } from './connected-bridge';

/** What every part of the window may need to know about the host and its engine. */
export interface HostState {
  readonly connection: ConnectionState;
  /** True when the host speaks another version of the contract: only a reload helps (APP-395). */
  readonly outdated: boolean;
  /** Grows whenever it cannot be told what this window has missed: whoever shows something asks again. */
  readonly gaps: number;
  readonly engine: 'running' | 'restarting' | 'failed';
  /** Null until the first answer. */
  readonly status: StatusView | null;
  readonly info: MethodOutput<'host.info'> | null;
}

export const useHost = create<HostState>()(() => ({
  connection: 'connecting',
  outdated: false,
  gaps: 0,
  engine: 'running',
  status: null,
  info: null,
}));
