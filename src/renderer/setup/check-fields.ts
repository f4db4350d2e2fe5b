import type { ImapServer } from '../../shared/contract/methods';
import type { SubmissionSettings } from '../../shared/contract/submission-settings';
import { setupStrings } from '../strings/setup';

export interface FieldErrors {
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly password?: string;
  readonly sendingHost?: string;
  readonly sendingPort?: string;
}

/** What is missing before anything is sent; an empty object = nothing. No password is looked for where it is null. */
export function checkFields(
  server: ImapServer,
  submission: SubmissionSettings | null,
  password: string | null,
): FieldErrors {
  return {
    ...(isHost(server.host) ? {} : { host: setupStrings.hostWrong }),
    ...(isPort(server.port) ? {} : { port: setupStrings.portWrong }),
    ...(server.user === '' ? { user: setupStrings.userWrong } : {}),
    ...(password === '' ? { password: setupStrings.passwordWrong } : {}),
    ...checkSubmission(submission),
  };
}

/** As `checkFields`, for the line for sending alone. */
export function checkSubmission(
  submission: SubmissionSettings | null,
): Pick<FieldErrors, 'sendingHost' | 'sendingPort'> {
  return {
    ...(submission === null || isHost(submission.host) ? {} : { sendingHost: setupStrings.hostWrong }),
    ...(submission === null || isPort(submission.port) ? {} : { sendingPort: setupStrings.portWrong }),
  };
}

function isHost(host: string): boolean {
  return host.trim() !== '' && !/\s/.test(host);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
