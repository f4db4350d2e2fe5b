import { useState } from 'react';
import { EmailStep } from './email-step';
import { type Guess, guessServer, parseAddress } from './guess-server';
import { ServerStep } from './server-step';

interface AccountSetupProps {
  readonly onDone: (name: string) => void;
  readonly size: 'normal' | 'large';
}

/** From an address to a connected account, in two steps; going back keeps what was typed (APP-001, APP-003). */
export function AccountSetup({ onDone, size }: AccountSetupProps) {
  const [email, setEmail] = useState('');
  const [guess, setGuess] = useState<Guess | null>(null);
  if (guess) {
    return (
      <ServerStep
        email={email.trim()}
        guess={guess}
        size={size}
        onBack={() => setGuess(null)}
        onDone={onDone}
      />
    );
  }
  return (
    <EmailStep
      email={email}
      size={size}
      onChange={setEmail}
      onContinue={() => {
        const address = parseAddress(email);
        if (!address) return false;
        setEmail(address.email);
        setGuess(guessServer(address.email, address.domain));
        return true;
      }}
    />
  );
}
