/** RFC 2782: one server of a service; lower priority first, then higher weight. */
export interface SrvRecord {
  readonly host: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** The domain name system, as far as finding a mail server needs it. A name without such records gives an empty list. */
export interface Dns {
  srv(name: string): Promise<readonly SrvRecord[]>;
  /** Mail exchangers of a domain, the preferred first. */
  mx(domain: string): Promise<readonly string[]>;
}
