import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import {
  ALargeSmall,
  Bold,
  Code,
  Image,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  Palette,
  Quote,
  RemoveFormatting,
  Strikethrough,
  Underline,
} from 'lucide-react';
import { useRef, useState } from 'react';
import { Toolbar } from 'react-aria-components';
import { composeStrings } from '../../strings/compose';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem, MenuSection } from '../../ui/menu';
import styles from './editor-toolbar.module.css';
import { LinkPopover } from './link-popover';
import { TEXT_COLOURS, TEXT_SIZES } from './text-colours';

type MarkName = keyof typeof composeStrings.marks;

const words = composeStrings.marks;
const MARKS: readonly (readonly [MarkName, LucideIcon, string | undefined, (editor: Editor) => void])[] = [
  ['bold', Bold, 'Ctrl+B', (editor) => editor.chain().focus().toggleBold().run()],
  ['italic', Italic, 'Ctrl+I', (editor) => editor.chain().focus().toggleItalic().run()],
  ['underline', Underline, 'Ctrl+U', (editor) => editor.chain().focus().toggleUnderline().run()],
  ['strike', Strikethrough, undefined, (editor) => editor.chain().focus().toggleStrike().run()],
  ['bulletList', List, undefined, (editor) => editor.chain().focus().toggleBulletList().run()],
  ['orderedList', ListOrdered, undefined, (editor) => editor.chain().focus().toggleOrderedList().run()],
  ['blockquote', Quote, undefined, (editor) => editor.chain().focus().toggleBlockquote().run()],
  ['code', Code, undefined, (editor) => editor.chain().focus().toggleCode().run()],
];

interface EditorToolbarProps {
  readonly editor: Editor;
  onPickPicture?(): void;
}

/** Formatting (APP-121): one tab stop, arrows go from button to button. */
export function EditorToolbar({ editor, onPickPicture }: EditorToolbarProps) {
  const [linking, setLinking] = useState(false);
  const linkButton = useRef<HTMLButtonElement>(null);
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      MARKS.map(([name]) => (now.isActive(name) ? name : '')).join(' ') +
      (now.isActive('link') ? ' link' : ''),
  }).split(' ');
  const style = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const { color = null, fontSize = null } = now.getAttributes('textStyle') as {
        color?: string | null;
        fontSize?: string | null;
      };
      return `${color ?? ''}|${fontSize ?? ''}`;
    },
  });
  const [colour = '', size = ''] = style.split('|');
  return (
    <>
      <Toolbar aria-label={composeStrings.formatting} className={styles.toolbar ?? ''}>
        {MARKS.map(([name, Icon, shortcut, toggle]) => (
          <IconButton
            key={name}
            size="small"
            label={words[name]}
            shortcut={shortcut}
            aria-pressed={active.includes(name)}
            isActive={active.includes(name)}
            onPress={() => toggle(editor)}
          >
            <Icon />
          </IconButton>
        ))}
        <Menu
          label={composeStrings.colour}
          placement="top start"
          trigger={
            <IconButton size="small" label={composeStrings.colour}>
              <Palette style={{ color: colour || undefined }} />
            </IconButton>
          }
        >
          <MenuSection title={composeStrings.colour}>
            <MenuItem
              id="none"
              label={composeStrings.colours.none}
              onAction={() => editor.chain().focus().unsetColor().run()}
            />
            {TEXT_COLOURS.map(({ id, value, label }) => (
              <MenuItem
                key={id}
                id={id}
                label={label}
                icon={<span className={styles.swatch} style={{ backgroundColor: value }} />}
                onAction={() => editor.chain().focus().setColor(value).run()}
              />
            ))}
          </MenuSection>
        </Menu>
        <Menu
          label={composeStrings.size}
          placement="top start"
          trigger={
            <IconButton size="small" label={composeStrings.size} isActive={size !== ''}>
              <ALargeSmall />
            </IconButton>
          }
        >
          <MenuSection title={composeStrings.size}>
            {TEXT_SIZES.map(({ id, value, label }) => (
              <MenuItem
                key={id}
                id={id}
                label={label}
                onAction={() =>
                  value === null
                    ? editor.chain().focus().unsetFontSize().run()
                    : editor.chain().focus().setFontSize(value).run()
                }
              />
            ))}
          </MenuSection>
        </Menu>
        <IconButton
          ref={linkButton}
          size="small"
          label={composeStrings.link}
          isActive={active.includes('link')}
          onPress={() => setLinking(true)}
        >
          <Link />
        </IconButton>
        {onPickPicture && (
          <IconButton size="small" label={composeStrings.insertPicture} onPress={onPickPicture}>
            <Image />
          </IconButton>
        )}
        <IconButton
          size="small"
          label={composeStrings.clearFormatting}
          onPress={() => editor.chain().focus().unsetAllMarks().clearNodes().run()}
        >
          <RemoveFormatting />
        </IconButton>
      </Toolbar>
      {linking && <LinkPopover editor={editor} anchor={linkButton} onClose={() => setLinking(false)} />}
    </>
  );
}
