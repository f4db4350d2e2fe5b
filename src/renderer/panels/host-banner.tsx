import { useEffect, useState } from 'react';
import { hostStrings } from '../strings/status';
import { useHost } from '../transport/use-host';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';

/** A short interruption is nobody's business. */
const PATIENCE_MS = 1500;

/** Says when the window lost Homeport itself, as opposed to the mail servers (APP-279, APP-395). */
export function HostBanner() {
  const { connection, engine, outdated } = useHost();
  const lost = useLasting(connection === 'connecting');
  if (outdated) {
    return (
      <Banner
        tone="warning"
        announce
        actions={
          <Button size="small" onPress={() => location.reload()}>
            {hostStrings.reload}
          </Button>
        }
      >
        {hostStrings.outdated}
      </Banner>
    );
  }
  if (lost) return <Banner tone="warning">{hostStrings.lost}</Banner>;
  if (engine === 'restarting') return <Banner tone="warning">{hostStrings.restarting}</Banner>;
  if (engine === 'failed') return <Banner tone="danger">{hostStrings.failed}</Banner>;
  return null;
}

/** True once `condition` has held for a while. */
function useLasting(condition: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!condition) {
      setLasting(false);
      return;
    }
    const timer = window.setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => window.clearTimeout(timer);
  }, [condition]);
  return lasting;
}
