import type { Failure } from '../../src/shared/failure';
import { fail, type Outcome, ok } from '../../src/shared/outcome';
import type { Submission, SubmitReport, Submitter } from '../../src/sync/connectors/contract';

/** Where a hand-over breaks: before the last byte, after it with the effect done or not, or with the server's no. */
export type SubmitFault =
  | { readonly at: 'connect' | 'data' | 'terminator-lost' | 'terminator-taken' }
  | { readonly at: 'refusal'; readonly failure: Failure };

const OFFLINE: Failure = { kind: 'offline', message: 'The server cannot be reached.' };
const UNKNOWN: Failure = { kind: 'unknown-outcome', message: 'The connection was lost.' };

/** A submission server in memory: what it took, and what goes wrong next. */
export class FakeSubmitter implements Submitter {
  /** Every message it took, whoever got it. */
  readonly taken: Submission[] = [];
  readonly faults: SubmitFault[] = [];
  /** Addresses it refuses, with the reason. */
  readonly refuses = new Map<string, Failure>();
  /** Called with every message it took, before it answers: a server that files copies does it here. */
  onTaken: (submission: Submission) => void = () => undefined;
  /** Called between the steps of a hand-over; may wait, or throw to end the process. */
  pause: (step: string) => Promise<void> = async () => undefined;

  async submit(
    submission: Submission,
    options: Parameters<Submitter['submit']>[1],
    signal: AbortSignal,
  ): Promise<Outcome<SubmitReport>> {
    const fault = this.faults.shift();
    await this.pause('connect');
    if (signal.aborted) return fail({ kind: 'cancelled', message: 'Stopped.' });
    if (fault?.at === 'connect') return fail(OFFLINE);
    options.onStage('connected');
    if (fault?.at === 'refusal')
      return ok({ result: 'refused', recipients: [], queueText: '', failure: fault.failure });
    const recipients = submission.to.map((address) => ({
      address,
      failure: this.refuses.get(address) ?? null,
    }));
    const accepted = recipients.filter(({ failure }) => failure === null);
    if (accepted.length === 0 || (accepted.length < recipients.length && !options.sendToOthers))
      return ok({ result: 'refused', recipients, queueText: '', failure: null });
    options.onStage('envelope-ok');
    await this.pause('envelope');
    options.onStage('data-started');
    options.onProgress(submission.bytes.length / 2);
    await this.pause('data');
    if (signal.aborted) return fail({ kind: 'cancelled', message: 'Stopped.' });
    if (fault?.at === 'data') return fail(OFFLINE);
    options.onStage('terminator-handed-over');
    if (fault?.at === 'terminator-lost') return fail(UNKNOWN);
    const taken = { ...submission, to: accepted.map(({ address }) => address) };
    this.taken.push(taken);
    this.onTaken(taken);
    await this.pause('answer');
    if (fault?.at === 'terminator-taken') return fail(UNKNOWN);
    return ok({ result: 'accepted', recipients, queueText: '250 queued as 1', failure: null });
  }

  async limits(): Promise<Outcome<{ maxBytes: number; utf8: boolean; dsn: boolean }>> {
    return ok({ maxBytes: 10_000_000, utf8: true, dsn: true });
  }

  takeTraffic() {
    return { bytesIn: 10, bytesOut: 100, roundTrips: 5 };
  }

  async close(): Promise<void> {
    // Nothing is open between two messages.
  }
}
