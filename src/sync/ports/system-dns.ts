import { Resolver } from 'node:dns/promises';
import type { Dns } from './dns';

/** One question and one repetition: who sets up an account waits for the answer. */
const QUESTION = { timeout: 2_000, tries: 2 };
/** Answers beyond this many are no honest service (RFC 2782 names no number). */
const MAX_RECORDS = 20;

/** The system's own name servers. */
export function createSystemDns(): Dns {
  const resolver = new Resolver(QUESTION);
  return {
    srv: async (name) => {
      const records = await resolver.resolveSrv(name).catch(() => []);
      return records.slice(0, MAX_RECORDS).map(({ name: host, ...record }) => ({ ...record, host }));
    },
    mx: async (domain) => {
      const records = await resolver.resolveMx(domain).catch(() => []);
      return records
        .sort((a, b) => a.priority - b.priority)
        .slice(0, MAX_RECORDS)
        .map(({ exchange }) => exchange);
    },
  };
}
