/** What the operating system says about the link; results of real attempts say the rest (SYNC-023). */
export type NetworkState = 'online' | 'offline' | 'metered';

export interface Network {
  state(): NetworkState;
  /** Calls on every change; the returned function ends the subscription. */
  onChange(listener: (state: NetworkState) => void): () => void;
}
