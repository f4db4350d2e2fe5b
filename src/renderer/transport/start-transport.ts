import { HostEvent } from '../../shared/contract/events';
import { CONTRACT_VERSION } from '../../shared/contract/methods';
import { call, setCallBridge } from './call';
import type { ConnectedBridge } from './connected-bridge';
import { publishHostEvent } from './host-events';
import { collectTopics } from './live-topics';
import { refreshEverything, refreshMissed, refreshTopics } from './query-client';
import { createResumption } from './resume';
import { useHost } from './use-host';

/** Joins the bridge to the calls, live queries, events and host state of this window. Called once. */
export function startTransport(bridge: ConnectedBridge): void {
  setCallBridge(bridge);
  const collect = collectTopics((run) => requestAnimationFrame(run), refreshTopics);
  const resumption = createResumption({
    ask: (since) => call('changes.missed', { since }),
    refresh: (seq, topics, conversations) => {
      refreshMissed(topics, conversations);
      publishHostEvent({ kind: 'notice', seq, topics: [...topics] });
    },
    refreshEverything: () => {
      refreshEverything();
      useHost.setState(({ gaps }) => ({ gaps: gaps + 1 }));
    },
  });
  bridge.subscribe((raw) => {
    const event = HostEvent.safeParse(raw);
    if (!event.success) return;
    if (event.data.kind === 'notice') {
      resumption.reached(event.data.seq);
      collect(event.data.topics);
    } else if (event.data.kind === 'status') useHost.setState({ status: event.data.status });
    else if (event.data.kind === 'engine') {
      useHost.setState({ engine: event.data.state });
      // What it committed before it stopped may not have been told.
      if (event.data.state === 'running') void resumption.connected();
    }
    publishHostEvent(event.data);
  });
  bridge.onConnection((connection) => {
    useHost.setState({ connection });
    if (connection === 'open') open();
  });
  useHost.setState({ connection: bridge.connection() });
  if (bridge.connection() === 'open') open();

  function open(): void {
    void resumption.connected();
    void greet();
  }
}

async function greet(): Promise<void> {
  const [info, status] = await Promise.all([call('host.info', {}), call('status.get', {})]);
  if (info.ok) {
    useHost.setState({ info: info.value, outdated: info.value.contractVersion !== CONTRACT_VERSION });
  }
  if (status.ok) useHost.setState({ status: status.value });
}
