import { useRef, useState } from 'react';
import type { DiscoveryView } from '../../shared/contract/discovery';
import { call } from '../transport/call';
import { EmailStep } from './email-step';
import { byHand, parseAddress } from './guess-server';
import { type ServerDraft, ServerStep } from './server-step';

interface AccountSetupProps {
  readonly onDone: (name: string) => void;
  readonly size: 'normal' | 'large';
}

/** From an address to a connected account, in two steps; going back keeps what was typed (APP-001, 002, 003). */
export function AccountSetup({ onDone, size }: AccountSetupProps) {
  const [email, setEmail] = useState('');
  const [found, setFound] = useState<DiscoveryView | null>(null);
  const [looking, setLooking] = useState<string | null>(null);
  /** What was found and entered before going back, by address. */
  const [left] = useState(
    () => new Map<string, { readonly found: DiscoveryView; readonly draft: ServerDraft }>(),
  );
  const [asked, setAsked] = useState(false);
  /** Grows with every look and every change of mind, so that a late answer is nobody's. */
  const turn = useRef(0);

  const stop = (result: DiscoveryView | null) => {
    turn.current += 1;
    setLooking(null);
    setFound(result);
  };
  const look = async (address: string, domain: string, askDatabase: boolean) => {
    turn.current += 1;
    const mine = turn.current;
    setLooking(domain);
    setAsked(askDatabase);
    const outcome = await call('discovery.find', { email: address, askDatabase });
    if (mine !== turn.current) return;
    // Where nothing can be looked for, the set-up by hand still can be done.
    stop(outcome.ok ? outcome.value : byHand(address, domain));
  };

  const address = parseAddress(email);
  const known = address ? left.get(address.email) : undefined;
  if (found && address) {
    return (
      <ServerStep
        // Something else was found: its fields begin anew.
        key={`${found.source} ${found.imap.host}`}
        email={address.email}
        found={found}
        size={size}
        kept={known?.found === found ? known.draft : null}
        asking={looking !== null}
        onAskDatabase={
          asked && looking === null ? null : () => void look(address.email, address.domain, true)
        }
        onBack={(draft) => {
          left.set(address.email, { found, draft });
          stop(null);
        }}
        onDone={onDone}
      />
    );
  }
  return (
    <EmailStep
      email={email}
      size={size}
      looking={looking}
      onChange={(text) => {
        setEmail(text);
        if (looking !== null) stop(null);
      }}
      onContinue={() => {
        if (!address) return false;
        setEmail(address.email);
        if (known) stop(known.found);
        else void look(address.email, address.domain, false);
        return true;
      }}
      onByHand={() => stop(address ? byHand(address.email, address.domain) : null)}
    />
  );
}
