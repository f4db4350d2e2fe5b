import type { ImapServer } from '../../shared/contract/methods';
import { setupStrings } from '../strings/setup';

export interface FieldErrors {
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly password?: string;
}

/** What is missing before anything is sent; an empty object = nothing. */
export function checkFields(server: ImapServer, password: string): FieldErrors {
  const port = server.port;
  return {
    ...(server.host.trim() === '' || /\s/.test(server.host) ? { host: setupStrings.hostWrong } : {}),
    ...(Number.isInteger(port) && port >= 1 && port <= 65_535 ? {} : { port: setupStrings.portWrong }),
    ...(server.user === '' ? { user: setupStrings.userWrong } : {}),
    ...(password === '' ? { password: setupStrings.passwordWrong } : {}),
  };
}
