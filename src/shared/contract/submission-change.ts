import { z } from 'zod';
import { AccountId } from '../domain';
import { SubmissionSettings } from './submission-settings';
import { ProbeReport } from './views';

/** Another server for sending, or none, for an account that is there. */
export const SubmissionChange = z.strictObject({
  accountId: AccountId,
  /** Null = the account only receives from now on; refused with kind 'conflict' while messages wait to be sent. */
  submission: SubmissionSettings.nullable(),
  /** True stores it without asking the server, for a person who is offline. */
  untested: z.boolean(),
});
export type SubmissionChange = z.infer<typeof SubmissionChange>;

/** 'refused': nothing has changed, and the test says why. */
export const SubmissionChanged = z.object({
  result: z.enum(['stored', 'refused']),
  /** Null = nothing was tested. */
  probe: ProbeReport.nullable(),
});
export type SubmissionChanged = z.infer<typeof SubmissionChanged>;
