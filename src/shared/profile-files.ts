/** Names inside a profile folder that both the core and the hosts know; a backup folder has the same (cli.md CLI-050). */
export const DATABASE_FILE = 'homeport.sqlite';
/** Contents too large for the database, beside it. */
export const BLOBS_FOLDER = 'blobs';
/** Room kept aside for the day the disk is full. */
export const RESERVE_FILE = 'reserve';
