/** A listener for the one answer of a sign-in page (RFC 8252 7.3). */
export interface OpenListener {
  /** `http://127.0.0.1:PORT/PATH`, to be told to the authorization server. */
  readonly redirectUri: string;
  /** The first request that was accepted; never settles when none comes. */
  readonly answer: Promise<URLSearchParams>;
  close(): void;
}

export interface RedirectListener {
  /**
   * Listens on the loopback interface at a free port. Only a GET for exactly this path and address that `accept` says yes to
   * counts; after it nothing is listened to any more. Everything else is refused and changes nothing.
   */
  open(path: string, accept: (answer: URLSearchParams) => boolean): Promise<OpenListener>;
}
