/**
 * Space for young objects in a worker, in MiB. V8 would take 48 of them per worker on a large machine and keep them; the
 * engine's short-lived objects of one turn fit into a sixth of that, where the processor's cache holds them (SYNC
 * section 17: memory after a sync).
 */
export const YOUNG_GENERATION_MIB = 12;

/** V8 counts one of its three semi-spaces where a process is told by flag. */
export const SEMI_SPACE_MIB = YOUNG_GENERATION_MIB / 3;
