import type { ReactNode, RefObject } from 'react';
import { useEffect } from 'react';
import { attachFiles, pickFiles } from './attach-files';
import type { DraftSession } from './draft-session';
import { PlainEditor } from './editor/plain-editor';
import { type LetterEditor, RichEditor } from './editor/rich-editor';
import { QuotedOriginal } from './quoted-original';
import { useDraft } from './sessions';
import { useDraftPictures } from './use-draft-pictures';

interface DraftBodyProps {
  readonly session: DraftSession;
  readonly autoFocus: boolean;
  readonly editor: RefObject<LetterEditor | null>;
  readonly children?: ReactNode;
}

/** The text with what hangs on it: the quoted original, and files. */
export function DraftBody({ session, autoFocus, editor, children }: DraftBodyProps) {
  const { content, epoch } = useDraft(session);
  useDraftPictures(session);
  useEffect(() => () => void session.flush(), [session]);
  const ready = (ready: LetterEditor | null) => {
    editor.current = ready;
  };
  const files = (list: readonly File[], place: 'text' | 'beside') => {
    const pictures = place === 'text' ? list.filter(({ type }) => INLINE.test(type)) : [];
    void attachFiles(
      session,
      list.filter((file) => !pictures.includes(file)),
    );
    void attachFiles(session, pictures, (contentId, name) => editor.current?.insertPicture(contentId, name));
  };
  const quote = content.quote && <QuotedOriginal session={session} quote={content.quote} editor={editor} />;
  const isBelow = content.quote?.answerBelow === true;
  const shared = {
    cursor: content.cursor,
    autoFocus,
    onEdit: (read: () => string) => session.typed(read),
    onCursor: (cursor: string) => session.cursorAt(cursor),
    onFiles: files,
    onReady: ready,
    above: isBelow && quote,
  };
  const below = (
    <>
      {!isBelow && quote}
      {children}
    </>
  );
  return (
    <>
      {content.format === 'html' ? (
        <RichEditor
          key={`html${epoch}`}
          {...shared}
          html={content.body}
          onPickPicture={() => pickFiles((list) => files(list, 'text'), 'image/*')}
        >
          {below}
        </RichEditor>
      ) : (
        <PlainEditor key={`text${epoch}`} {...shared} text={content.body}>
          {below}
        </PlainEditor>
      )}
    </>
  );
}

/** Kinds of pictures that every mail program shows in the text. */
const INLINE = /^image\/(png|jpeg|gif|webp)$/i;
