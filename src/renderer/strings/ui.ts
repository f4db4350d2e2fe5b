/** Words of the parts that every screen uses. */
export const uiStrings = {
  close: 'Close',
  cancel: 'Cancel',
  more: 'More',
  details: 'Details',
  copy: 'Copy',
  copied: 'Copied',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
};
