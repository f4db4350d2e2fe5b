import { type ComponentType, createElement, type ReactNode, useEffect, useState } from 'react';

/** A component in a file of its own. */
export interface Later<Props extends object> {
  (props: Props): ReactNode;
  /** Fetches the file now; rejects when it cannot be had. */
  fetch(): Promise<void>;
}

/**
 * A component that is fetched when it is first drawn, or before. Once it is here it is drawn at once, so that what is
 * typed next reaches it: React's own `lazy` lets a turn go by, and its Suspense up to 300 ms.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  let ready: ComponentType<Props> | null = null;
  const fetch = async (): Promise<void> => {
    ready ??= await load();
  };
  function Later(props: Props): ReactNode {
    const [, setHere] = useState(ready !== null);
    const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
    useEffect(() => {
      if (ready) return;
      let isGone = false;
      fetch().then(
        () => isGone || setHere(true),
        (error: unknown) => isGone || setFailure({ error }),
      );
      return () => {
        isGone = true;
      };
    }, []);
    if (failure) throw failure.error;
    return ready && createElement(ready, props);
  }
  return Object.assign(Later, { fetch });
}
