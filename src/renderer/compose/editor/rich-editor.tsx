import type { Editor } from '@tiptap/core';
import { DOMSerializer } from '@tiptap/pm/model';
import { Selection, TextSelection } from '@tiptap/pm/state';
import { EditorContent, useEditor } from '@tiptap/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { composeStrings } from '../../strings/compose';
import { readCursor, writeCursor } from '../cursor';
import { EditorToolbar } from './editor-toolbar';
import { nameByCid } from './inline-image';
import { LETTER_EXTENSIONS, letterFromHtml } from './letter-schema';
import { pasteSlice } from './paste-slice';
import styles from './rich-editor.module.css';

/** What whoever holds the editor may ask of it. */
export interface LetterEditor {
  focus(): void;
  /** Puts a picture where the cursor is. */
  insertPicture(contentId: string, alt: string): void;
  /** Puts the HTML of an identity's signature in place of the one that stands there; '' takes it out. */
  setSignature(html: string): void;
}

interface RichEditorProps {
  /** What it begins with; another text is another editor. */
  readonly html: string;
  /** Where it begins to write, in `cursor.ts` words; null = at the start. */
  readonly cursor: string | null;
  /** Accessible name; the message's text where nothing else is said. */
  readonly label?: string;
  readonly autoFocus: boolean;
  /** Called on each change; the function gives the whole text when somebody needs it, not before (APP-344). */
  onEdit(read: () => string): void;
  onCursor(cursor: string): void;
  /** Files that were dropped or pasted; pictures among them belong into the text. */
  onFiles(files: readonly File[], place: 'text' | 'beside'): void;
  /** Absent where no picture can be kept. */
  onPickPicture?(): void;
  onReady(editor: LetterEditor | null): void;
  /** Stands before the text: the quoted original that is answered below it. */
  readonly above?: ReactNode;
  /** Stands between the text and the toolbar: the quoted original, the files. */
  readonly children?: ReactNode;
}

/** The formatted letter. */
export function RichEditor(props: RichEditorProps) {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const editor = useEditor({
    extensions: LETTER_EXTENSIONS,
    content: letterFromHtml(props.html),
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': props.label ?? composeStrings.body,
        class: styles.text ?? '',
        spellcheck: 'true',
        'data-selectable': '',
        'data-letter': '',
        dir: 'auto',
      },
      handleDOMEvents: {
        paste: (view, event) => {
          const data = event.clipboardData;
          if (!data) return false;
          const files = [...data.files];
          const html = data.getData('text/html');
          if (files.length > 0 && !/\S/.test(data.getData('text/plain'))) {
            event.preventDefault();
            latest.current.onFiles(files, 'text');
            return true;
          }
          // With Shift it is plain text, which the editor reads itself.
          if (html === '' || plainWanted.current) return false;
          event.preventDefault();
          const slice = pasteSlice(html, view.state.selection.$from);
          view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true));
          return true;
        },
        drop: (view, event) => {
          const data = event.dataTransfer;
          if (!data || view.dragging) return false;
          const files = [...data.files];
          const html = data.getData('text/html');
          if (files.length === 0 && html === '') return false;
          event.preventDefault();
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
          if (at !== undefined)
            view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at))));
          if (files.length > 0) latest.current.onFiles(files, 'text');
          else view.dispatch(view.state.tr.replaceSelection(pasteSlice(html, view.state.selection.$from)));
          return true;
        },
        keydown: (_view, event) => {
          plainWanted.current = event.shiftKey;
          return false;
        },
      },
    },
    onCreate: ({ editor: created }) => {
      const at = readCursor(latest.current.cursor, created.state.doc.content.size);
      const { doc, tr } = created.state;
      const there = at
        ? TextSelection.between(doc.resolve(at.from), doc.resolve(at.to))
        : Selection.atStart(doc);
      created.view.dispatch(tr.setSelection(there));
      if (latest.current.autoFocus) created.view.focus();
    },
    onUpdate: ({ editor: changed }) => latest.current.onEdit(() => htmlOf(changed)),
    onSelectionUpdate: ({ editor: changed }) => latest.current.onCursor(writeCursor(changed.state.selection)),
  });
  const plainWanted = useRef(false);

  useEffect(() => {
    latest.current.onReady(editor ? letterEditor(editor) : null);
    return () => latest.current.onReady(null);
  }, [editor]);

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the text is a click into it, as on paper */}
      <div
        className={styles.paper}
        onMouseDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          editor?.commands.focus('end');
        }}
      >
        {props.above}
        <EditorContent editor={editor} />
        {props.children}
      </div>
      <div className={styles.foot}>
        {editor && (
          <EditorToolbar
            editor={editor}
            {...(props.onPickPicture ? { onPickPicture: props.onPickPicture } : {})}
          />
        )}
      </div>
    </>
  );
}

/** Nothing written is nothing, not an empty paragraph. Written into an inert document, where pictures are not loaded. */
function htmlOf(editor: Editor): string {
  if (editor.isEmpty) return '';
  const { body } = document.implementation.createHTMLDocument('');
  const { doc, schema } = editor.state;
  const written = DOMSerializer.fromSchema(schema).serializeFragment(doc.content, {
    document: body.ownerDocument,
  });
  body.append(written);
  nameByCid(body);
  return body.innerHTML;
}

function letterEditor(editor: Editor): LetterEditor {
  return {
    focus: () => void editor.commands.focus(),
    insertPicture: (contentId, alt) =>
      void editor
        .chain()
        .focus()
        .insertContent({ type: 'image', attrs: { src: `cid:${contentId}`, alt } })
        .run(),
    setSignature: (html) => {
      const { tr, doc, schema } = editor.state;
      const signature = schema.nodes.signature;
      if (!signature) return;
      const content =
        html === '' ? null : signature.create(null, schema.nodeFromJSON(letterFromHtml(html)).content);
      const places: { from: number; to: number }[] = [];
      doc.descendants((node, pos) => {
        if (node.type === signature) places.push({ from: pos, to: pos + node.nodeSize });
        return node.type !== signature;
      });
      for (const { from, to } of places.reverse()) tr.delete(from, to);
      if (content) tr.insert(places[0] ? tr.mapping.map(places[0].from) : tr.doc.content.size, content);
      if (tr.docChanged) editor.view.dispatch(tr);
    },
  };
}
