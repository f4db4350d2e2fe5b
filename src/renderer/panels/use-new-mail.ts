import { useEffect } from 'react';
import { onHostEvent } from '../transport/host-events';
import { tellNewMail } from './tell-new-mail';

/** New mail is told in words, and by the browser where the host has no notifications of its own (APP-308, APP-394). */
export function useNewMail(): void {
  useEffect(
    () =>
      onHostEvent((event) => {
        if (event.kind === 'new-mail') tellNewMail(event);
      }),
    [],
  );
}
