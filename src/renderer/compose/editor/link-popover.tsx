import type { Editor } from '@tiptap/core';
import { type RefObject, useState } from 'react';
import { Form } from 'react-aria-components';
import { composeStrings } from '../../strings/compose';
import { Button } from '../../ui/button';
import { Popover } from '../../ui/popover';
import { TextField } from '../../ui/text-field';
import styles from './editor-toolbar.module.css';

interface LinkPopoverProps {
  readonly editor: Editor;
  readonly anchor: RefObject<Element | null>;
  onClose(): void;
}

/** Where the chosen words lead. */
export function LinkPopover({ editor, anchor, onClose }: LinkPopoverProps) {
  const [href, setHref] = useState<string>(
    () => (editor.getAttributes('link').href as string | undefined) ?? '',
  );
  const existing = editor.isActive('link');
  const close = () => {
    onClose();
    // After the popover gave the focus back to its button.
    requestAnimationFrame(() => editor.commands.focus());
  };
  const apply = () => {
    const target = withScheme(href.trim());
    const chain = editor.chain().focus().extendMarkRange('link');
    if (target === '') chain.unsetLink().run();
    else if (editor.state.selection.empty && !existing)
      chain
        .insertContent({
          type: 'text',
          text: href.trim(),
          marks: [{ type: 'link', attrs: { href: target } }],
        })
        .run();
    else chain.setLink({ href: target }).run();
    close();
  };
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => (open ? undefined : close())}
      label={composeStrings.link}
      placement="bottom start"
    >
      <Form
        className={styles.link ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <TextField
          label={composeStrings.linkTarget}
          value={href}
          onChange={setHref}
          autoFocus
          placeholder={composeStrings.linkExample}
        />
        <div className={styles.linkButtons}>
          {existing && (
            <Button
              variant="quiet"
              onPress={() => {
                editor.chain().focus().extendMarkRange('link').unsetLink().run();
                close();
              }}
            >
              {composeStrings.removeLink}
            </Button>
          )}
          <Button type="submit" variant="primary">
            {composeStrings.applyLink}
          </Button>
        </div>
      </Form>
    </Popover>
  );
}

/** People write `harbour.example` and mean the web, `anna@harbour.example` and mean mail. */
function withScheme(text: string): string {
  if (text === '' || /^(https?|mailto|tel):/i.test(text)) return text;
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^:]+:\d/.test(text)) return '';
  return /^[^\s/@]+@[^\s/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}
