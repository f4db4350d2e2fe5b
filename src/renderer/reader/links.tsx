import { create } from 'zustand';
import { writeMailto } from '../compose/start-draft';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { checkLink, type LinkCheck, type PurposeConcern } from './link-concerns';
import styles from './links.module.css';

interface LinkState {
  /** Where the link below the pointer or the focus leads; null = none. */
  readonly hovered: string | null;
  /** The link that waits for a confirmation. */
  readonly asking: { readonly check: Exclude<LinkCheck, { kind: 'refuse' }>; readonly text: string } | null;
}

const useLinks = create<LinkState>()(() => ({ hovered: null, asking: null }));

/** Shows where a link leads, in the strip at the end of the pane (APP-085). */
export function hoverLink(hovered: string | null): void {
  useLinks.setState({ hovered });
}

/** Opens a link of a message through the host, after a question where its address or its text gives reason (APP-085). */
export function followLink(href: string, text: string): void {
  const check = checkLink(href, text);
  if (check.kind === 'refuse') showRefused();
  else if (check.kind === 'confirm') useLinks.setState({ asking: { check, text } });
  else void open(check.url, false);
}

/** Opens a link only after a question, whatever its address. */
export function askAboutLink(href: string, why: PurposeConcern): void {
  const check = checkLink(href, '');
  if (check.kind === 'refuse') showRefused();
  else useLinks.setState({ asking: { check: { ...check, concerns: [...check.concerns, why] }, text: '' } });
}

async function open(url: string, confirmed: boolean): Promise<void> {
  // A letter is written here, whatever the system would do with it (APP-139).
  if (/^mailto:/i.test(url)) return writeMailto(url);
  const outcome = await call('links.open', { url, confirmed });
  if (!outcome.ok) {
    showFailure(readerStrings.refused, outcome.failure);
    return;
  }
  switch (outcome.value.result) {
    case 'opened':
      return;
    case 'open-in-page':
      window.open(outcome.value.url, '_blank', 'noopener,noreferrer');
      return;
    case 'confirm': {
      const check = checkLink(outcome.value.url, '');
      if (check.kind === 'refuse') showRefused();
      else useLinks.setState({ asking: { check, text: '' } });
      return;
    }
    case 'refused':
      showRefused();
  }
}

function showRefused(): void {
  showToast({ tone: 'failure', text: readerStrings.refused, detail: readerStrings.refusedDetail });
}

/** The strip with the real target of a link; silent for assistive technology, which reads the link itself. */
export function LinkTarget() {
  const hovered = useLinks((state) => state.hovered);
  if (hovered === null) return null;
  const check = checkLink(hovered, '');
  return (
    <p className={styles.target} aria-hidden>
      {check.kind !== 'refuse' && check.host !== '' && <bdi className={styles.host}>{check.host}</bdi>}
      <bdi className={styles.url}>{check.kind === 'refuse' ? hovered : check.url}</bdi>
    </p>
  );
}

/** The question before a doubtful link opens; the address is spelled out, the reasons are in words. */
export function LinkQuestion() {
  const asking = useLinks((state) => state.asking);
  if (asking === null) return null;
  const { check, text } = asking;
  const close = () => useLinks.setState({ asking: null });
  return (
    <Dialog
      title={readerStrings.linkTitle}
      role="alertdialog"
      onClose={close}
      actions={
        <>
          <Button onPress={close} autoFocus>
            {readerStrings.cancel}
          </Button>
          <Button
            variant="danger"
            onPress={() => {
              close();
              void open(check.url, true);
            }}
          >
            {readerStrings.openLink(check.host)}
          </Button>
        </>
      }
    >
      <dl className={styles.question}>
        <dt>{readerStrings.linkOpens}</dt>
        <dd data-selectable>
          <bdi>{check.url}</bdi>
        </dd>
        {text !== '' && (
          <>
            <dt>{readerStrings.linkText}</dt>
            <dd>
              <bdi>{text}</bdi>
            </dd>
          </>
        )}
      </dl>
      <ul className={styles.concerns}>
        {check.concerns.map((concern) => (
          <li key={concern}>{readerStrings.concerns[concern]}</li>
        ))}
      </ul>
    </Dialog>
  );
}
