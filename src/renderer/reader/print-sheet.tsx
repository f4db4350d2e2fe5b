import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { BodyView, MessageView } from '../../shared/contract/views';
import { useWork } from '../feedback/use-work';
import { readerStrings } from '../strings/reader';
import { HtmlView } from './html-view';
import { MessageDetails } from './message-details';
import './print.css';
import { TextView } from './text-view';

interface PrintSheetProps {
  readonly message: MessageView;
  readonly body: BodyView;
  readonly as: 'html' | 'text';
  readonly fixedWidth: boolean;
  onDone(): void;
}

/** Pictures of the message arrive after the frame has drawn; paper waits this long for them. */
const PICTURES_MS = 500;

/**
 * One message on paper (APP-094): subject, headers and the message in a frame of its own, light, without remote
 * pictures. Stands outside the window until the browser's print dialog has closed.
 */
export function PrintSheet({ message, body, as, fixedWidth, onDone }: PrintSheetProps) {
  const [waits, setWaits] = useState(true);
  useWork(waits, { place: 'reader', doing: readerStrings.printing, cancel: onDone });
  const timer = useRef(0);
  const printed = useRef(false);
  const asHtml = as === 'html' && body.html !== null;
  const print = (afterMs: number) => {
    if (printed.current) return;
    printed.current = true;
    timer.current = window.setTimeout(() => {
      setWaits(false);
      window.print();
    }, afterMs);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once for one sheet
  useEffect(() => {
    window.addEventListener('afterprint', onDone, { once: true });
    if (!asHtml) print(0);
    return () => {
      window.removeEventListener('afterprint', onDone);
      window.clearTimeout(timer.current);
    };
  }, []);
  return createPortal(
    <div data-print-sheet>
      <h1>{message.subject || readerStrings.noSubject}</h1>
      <MessageDetails message={message} />
      {asHtml && body.html !== null ? (
        <HtmlView
          messageId={message.id}
          title={message.subject}
          html={body.html}
          remote="blocked"
          dark="card"
          zoomPercent={100}
          onShown={() => print(PICTURES_MS)}
          onFailed={onDone}
          onLeave={onDone}
        />
      ) : (
        <TextView segments={body.segments} fixedWidth={fixedWidth} zoomPercent={100} />
      )}
    </div>,
    document.body,
  );
}
