/** Words of the window's frame. */
export const layoutStrings = {
  folders: 'Folders',
  messages: 'Messages',
  readingPane: 'Reading pane',
  resizeSidebar: 'Width of the folders',
  resizeList: 'Width of the list',
  showFolders: 'Show folders',
  views: 'Views',
  inbox: 'Inbox',
  find: 'Search',
  more: 'More',
  doneHere: 'Done',
  doneHereText: 'Nothing else is open in this window. It closes by itself in a moment.',
};
