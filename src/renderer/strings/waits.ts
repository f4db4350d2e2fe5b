/** What is going on when a call takes longer than it should. */
export const waitStrings = {
  account: 'Changing the account',
  changing: 'Changing it',
  grouping: 'Grouping the list',
  opening: 'Opening it',
  removing: 'Removing the account',
  saving: 'Saving',
  sending: 'Handing it over to be sent',
  signIn: 'Asking how to sign in',
  unsubscribing: 'Unsubscribing',
};
