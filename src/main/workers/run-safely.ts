import type { Failure } from '../../shared/failure';
import { fail, type Outcome } from '../../shared/outcome';

/** A thrown error is our own bug: it becomes a failure of this one call, and is told to the log. */
export async function runSafely(
  work: () => Promise<Outcome<unknown>>,
  onBug: (error: unknown) => void,
): Promise<Outcome<unknown>> {
  try {
    return await work();
  } catch (error) {
    onBug(error);
    return fail(internalFailure('Something went wrong inside Homeport.'));
  }
}

export function internalFailure(message: string): Failure {
  return { kind: 'internal', message, hint: 'Try again; if it happens again, run `homeport doctor`.' };
}

/** Name and place of an error for the log; never its whole text, which may quote mail. */
export function describeBug(error: unknown): { error: string; where: string } {
  if (!(error instanceof Error)) return { error: typeof error, where: '' };
  const where = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '';
  return { error: error.name, where: where.trim() };
}
