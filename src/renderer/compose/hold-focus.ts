let holder: HTMLElement | null = null;

/**
 * Takes the focus out of the mail until the letter that was asked for has it: what somebody types meanwhile must not act on
 * messages as shortcuts.
 */
export function holdFocus(): void {
  if (holder === null) {
    holder = document.createElement('span');
    holder.tabIndex = -1;
    document.body.append(holder);
  }
  holder.focus({ preventScroll: true });
}
