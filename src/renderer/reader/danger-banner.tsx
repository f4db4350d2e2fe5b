import type { ReactNode } from 'react';
import type { AttachmentView } from '../../shared/contract/views';
import { readerStrings } from '../strings/reader';
import { Banner } from '../ui/banner';

/** One warning about all files that could do harm (APP-090); null when there is none. */
export function dangerBanner(attachments: readonly AttachmentView[]): ReactNode {
  const dangerous = attachments.flatMap(({ filename, danger }) =>
    danger === null ? [] : { danger, name: filename || readerStrings.unnamed },
  );
  const [first] = dangerous;
  if (first === undefined) return null;
  return (
    <Banner tone="danger">
      {dangerous.length === 1
        ? readerStrings.dangerous[first.danger](first.name)
        : readerStrings.dangerousFiles(dangerous.map(({ name }) => name))}
    </Banner>
  );
}
