/** A mail server as it is named before anybody signs in. */
export interface GreeterPlace {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, with a certificate the system vouches for; otherwise the first line in the clear. */
  readonly tls: boolean;
}

/** Looks whether a mail server answers. Nothing is sent; only its first line is read. */
export interface Greeter {
  /** The server's first line, or null when none came in time. */
  greet(place: GreeterPlace, signal: AbortSignal): Promise<string | null>;
}
