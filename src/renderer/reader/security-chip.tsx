import { Shield, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import type { BodyView } from '../../shared/contract/views';
import { readerStrings } from '../strings/reader';
import { Popover } from '../ui/popover';
import styles from './security-chip.module.css';

const ICONS = { verified: ShieldCheck, unverified: Shield, suspicious: ShieldAlert };

interface SecurityChipProps extends Pick<BodyView, 'authentication'> {
  /** True when the message bears the user's own address. */
  readonly fromMe: boolean;
  /** True when the name makes the sender look like somebody else: the result is told, but not as a seal (APP-087). */
  readonly withheld: boolean;
}

/** Whether the sender is who the message says, in words first and results below (UI-032, APP-086). */
export function SecurityChip({ authentication, fromMe, withheld }: SecurityChipProps) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const { domain, results } = authentication;
  const isWithheld = withheld && authentication.verdict === 'verified';
  const verdict = isWithheld ? 'unverified' : authentication.verdict;
  const Icon = ICONS[verdict];
  const sender = domain ?? readerStrings.theSender;
  const words =
    verdict === 'suspicious' && fromMe
      ? readerStrings.claimsToBeYou
      : isWithheld
        ? readerStrings.verifiedStranger(sender)
        : readerStrings.verdictText[verdict](sender);
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={`${styles.chip} ${styles[verdict]}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon aria-hidden />
        <span>{readerStrings.verdicts[verdict]}</span>
      </button>
      <Popover
        triggerRef={trigger}
        isOpen={open}
        onOpenChange={setOpen}
        label={readerStrings.verdicts[verdict]}
        placement="bottom start"
      >
        <div className={styles.explanation} data-selectable>
          <p>{words}</p>
          <details>
            <summary>{readerStrings.technical}</summary>
            {results.length === 0 && <p>{readerStrings.noResults}</p>}
            <ul>
              {results.map(({ method, result, detail }) => (
                <li key={`${method} ${result} ${detail}`}>
                  <code>{`${method}=${result}`}</code> {detail}
                </li>
              ))}
            </ul>
          </details>
        </div>
      </Popover>
    </>
  );
}
