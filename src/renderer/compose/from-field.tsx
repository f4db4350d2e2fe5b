import type { RefObject } from 'react';
import type { IdentityView } from '../../shared/contract/compose-views';
import { composeStrings } from '../strings/compose';
import { Select } from '../ui/select';
import styles from './composer.module.css';
import type { DraftSession } from './draft-session';
import type { LetterEditor } from './editor/rich-editor';
import { letterText } from './letter-text';
import { useDraft } from './sessions';

interface FromFieldProps {
  readonly session: DraftSession;
  readonly identities: readonly IdentityView[];
  readonly editor: RefObject<LetterEditor | null>;
}

/** Whom it is from; another identity brings its own signature (APP-126). With one identity there is nothing to choose. */
export function FromField({ session, identities, editor }: FromFieldProps) {
  const { content } = useDraft(session);
  if (identities.length < 2) return null;
  const choose = (key: string) => {
    const identity = identities.find(({ id }) => String(id) === key);
    if (!identity || identity.id === content.identityId) return;
    session.change({ identityId: identity.id });
    const wanted = content.quote === null || identity.signatureInReplies;
    const html = wanted ? identity.signatureHtml : '';
    editor.current?.setSignature(content.format === 'html' ? html : letterText(html));
  };
  return (
    <div className={styles.line}>
      <span className={styles.label} aria-hidden>
        {composeStrings.from}
      </span>
      <Select
        label={composeStrings.from}
        labelHidden
        variant="quiet"
        value={String(content.identityId)}
        options={identities.map(({ id, name, address }) => ({
          value: String(id),
          label: name === '' ? address : `${name} <${address}>`,
        }))}
        onChange={choose}
      />
    </div>
  );
}
