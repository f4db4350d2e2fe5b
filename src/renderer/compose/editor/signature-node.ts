import { Node } from '@tiptap/core';

/** The signature of the identity in use: one block, so that it can change with the identity (APP-126, APP-135). */
export const Signature = Node.create({
  name: 'signature',
  group: 'block',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'div[data-signature]' }],
  renderHTML: () => ['div', { 'data-signature': '' }, 0],
});
