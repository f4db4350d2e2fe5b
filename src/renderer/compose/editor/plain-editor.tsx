import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { composeStrings } from '../../strings/compose';
import { readCursor, writeCursor } from '../cursor';
import type { LetterEditor } from './rich-editor';
import styles from './rich-editor.module.css';

interface PlainEditorProps {
  readonly text: string;
  readonly cursor: string | null;
  readonly autoFocus: boolean;
  onEdit(read: () => string): void;
  onCursor(cursor: string): void;
  onFiles(files: readonly File[], place: 'text' | 'beside'): void;
  onReady(editor: LetterEditor | null): void;
  readonly above?: ReactNode;
  readonly children?: ReactNode;
}

/** What stands between the text and its signature (RFC 3676 section 4.3). */
const SIGNATURE_LINE = /(?:^|\n)-- \n[\s\S]*$/;

/** The letter as plain text: a field of the system, which grows with what is written. */
export function PlainEditor(props: PlainEditorProps) {
  const { text, cursor, autoFocus, onReady } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const start = useRef({ cursor, autoFocus, onReady });
  const edited = useRef(props.onEdit);
  edited.current = props.onEdit;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    const at = readCursor(start.current.cursor, element.value.length);
    if (at) element.setSelectionRange(at.from, at.to);
    else element.setSelectionRange(0, 0);
    if (start.current.autoFocus) element.focus();
    const ready = start.current.onReady;
    ready({
      focus: () => element.focus(),
      insertPicture: () => undefined,
      setSignature: (signature) => {
        const kept = element.value.replace(SIGNATURE_LINE, '');
        element.value = signature === '' ? kept : `${kept.trimEnd()}\n\n-- \n${signature}`;
        edited.current(() => element.value);
      },
    });
    return () => ready(null);
  }, []);

  return (
    <div className={styles.paper}>
      {props.above}
      <textarea
        ref={field}
        className={styles.plain}
        defaultValue={text}
        aria-label={composeStrings.body}
        spellCheck
        dir="auto"
        data-letter
        onChange={({ currentTarget }) => props.onEdit(() => currentTarget.value)}
        onSelect={({ currentTarget: { selectionStart, selectionEnd } }) =>
          props.onCursor(writeCursor({ from: selectionStart, to: selectionEnd }))
        }
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          props.onFiles(files, 'beside');
        }}
      />
      {props.children}
    </div>
  );
}
