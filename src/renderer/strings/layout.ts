/** Words of the window's frame. */
export const layoutStrings = {
  appName: 'Homeport',
  folders: 'Folders',
  messages: 'Messages',
  readingPane: 'Reading pane',
  resizeSidebar: 'Width of the folders',
  resizeList: 'Width of the list',
  showFolders: 'Show folders',
  hideFolders: 'Hide folders',
  goTo: 'Go to folder or command',
  views: 'Views',
  inbox: 'Inbox',
  find: 'Find',
  more: 'More',
  settings: 'Settings',
  accountMenu: 'Accounts',
  selectedTitle: (rows: string) => `${rows} selected`,
};
