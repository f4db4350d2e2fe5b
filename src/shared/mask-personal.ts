import type { Failure } from './failure';

/**
 * Leaves out of text that others wrote, or that names what others wrote, whatever may name a person, a message, a folder
 * or a machine: quoted text, what follows the word "subject", addresses, host names, numbers of machines. For logs and
 * diagnostics (SYNC-311, APP-193), never for what the user is shown of his own mail.
 */
export function maskPersonal(text: string): string {
  return maskAddresses(text.replace(/"[^"]*"?/g, '"…"').replace(/\bsubject\b.+$/is, 'subject …'))
    .replace(/\b[\w-]+(\.[\w-]+)+\b/g, '…')
    .replace(/\b[0-9a-f]*(:[0-9a-f]*){2,}\b/gi, '…');
}

/** Only the addresses: for sentences and names of our own making. */
export function maskAddresses(text: string): string {
  return text.replace(/[^\s<>()"',;:/]+@[^\s<>()"',;:/]+/g, '…');
}

/** A failure as it may stand in a log: what the server said without what it may have repeated of ours. */
export function maskFailure(failure: Failure): Failure {
  const message = maskAddresses(failure.message);
  return failure.serverText === undefined
    ? { ...failure, message }
    : { ...failure, message, serverText: maskPersonal(failure.serverText) };
}

/** An error of our own as it may stand in a log: its kind, its masked words, and where it happened. */
export function bugText(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}: ${maskPersonal(error.message)}`, ...frames].join('\n');
}
