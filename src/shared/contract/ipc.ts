/** Names of the two IPC channels between the preload and the desktop host; nothing else crosses (APP-361). */
export const IPC_CALL = 'homeport:call';
export const IPC_EVENT = 'homeport:event';
