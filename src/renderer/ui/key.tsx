import styles from './key.module.css';

/** Keys as people read them: "G then I" is given as `G I`, a chord as `Ctrl+K`. */
export function Key({ keys }: { readonly keys: string }) {
  return (
    <kbd className={styles.keys}>
      {keys.split(' ').map((key, index) => (
        // The same key may come twice in a sequence; the position is its identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: a sequence never changes its order
        <span key={`${index}${key}`} className={styles.key}>
          {key}
        </span>
      ))}
    </kbd>
  );
}
