import { HostEvent } from '../../shared/contract/events';
import { CONTRACT_VERSION } from '../../shared/contract/methods';
import { call, setCallBridge } from './call';
import type { ConnectedBridge } from './connected-bridge';
import { publishHostEvent } from './host-events';
import { collectTopics } from './live-topics';
import { refreshEverything, refreshTopics } from './query-client';
import { useHost } from './use-host';

/** Joins the bridge to the calls, live queries, events and host state of this window. Called once. */
export function startTransport(bridge: ConnectedBridge): void {
  setCallBridge(bridge);
  const collect = collectTopics((run) => requestAnimationFrame(run), refreshTopics);
  bridge.subscribe((raw) => {
    const event = HostEvent.safeParse(raw);
    if (!event.success) return;
    if (event.data.kind === 'notice') collect(event.data.topics);
    else if (event.data.kind === 'status') useHost.setState({ status: event.data.status });
    else if (event.data.kind === 'engine') useHost.setState({ engine: event.data.state });
    publishHostEvent(event.data);
  });
  bridge.onConnection((connection) => {
    useHost.setState({ connection });
    if (connection !== 'open') return;
    refreshEverything();
    void greet();
  });
  useHost.setState({ connection: bridge.connection() });
  if (bridge.connection() === 'open') void greet();
}

async function greet(): Promise<void> {
  const [info, status] = await Promise.all([call('host.info', {}), call('status.get', {})]);
  if (info.ok) {
    useHost.setState({ info: info.value, outdated: info.value.contractVersion !== CONTRACT_VERSION });
  }
  if (status.ok) useHost.setState({ status: status.value });
}
