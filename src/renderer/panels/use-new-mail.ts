import { useEffect } from 'react';
import { onHostEvent } from '../transport/host-events';

/** New mail is told in words, and by the browser where the host has no notifications of its own (APP-308, APP-394). */
export function useNewMail(): void {
  useEffect(
    () =>
      onHostEvent((event) => {
        if (event.kind === 'new-mail')
          void import('./tell-new-mail').then(({ tellNewMail }) => tellNewMail(event));
      }),
    [],
  );
}
