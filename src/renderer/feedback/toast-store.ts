import { create } from 'zustand';
import type { GestureId } from '../../shared/domain';

/** At most this many are on screen at a time (UI-051). */
export const MAX_TOASTS = 3;
/** So many of them are kept for what can be undone, however many failures stand (promise 3). */
const KEPT_FOR_DONE = 2;
/** Failures that are remembered behind those on screen; a flood of them must not fill the memory. */
const MAX_FAILURES = 100;
export const TOAST_MS = 10_000;

export interface Toast {
  readonly id: number;
  /** A failure stays until it is closed and is announced as an alert. */
  readonly tone: 'done' | 'failure';
  readonly text: string;
  readonly detail?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** It leaves at this instant, whatever holds the others, and shows how long that is: what it offers ends then. */
  readonly until?: number | undefined;
  /** The gesture that this toast can undo. */
  readonly gestureId?: GestureId | undefined;
}

interface ToastState {
  readonly toasts: readonly Toast[];
}

export const useToasts = create<ToastState>()(() => ({ toasts: [] }));

let lastId = 0;

/**
 * Adds one at the end in place of the same words without a gesture. Failures are never dropped; of what was done the
 * oldest goes when there is no room, and first what offers nothing.
 */
export function withToast(toasts: readonly Toast[], toast: Toast): readonly Toast[] {
  const others = toasts.filter(
    ({ tone, text, gestureId, until }) =>
      tone === 'failure' || gestureId !== undefined || until !== undefined || text !== toast.text,
  );
  const all = [...others, toast];
  const failures = all.filter(({ tone }) => tone === 'failure');
  let done = all.filter(({ tone }) => tone === 'done');
  const room = failures.length === 0 ? MAX_TOASTS : KEPT_FOR_DONE;
  while (done.length > room) {
    const older = done.slice(0, -1);
    const victim = older.find(({ action }) => action === undefined) ?? older[0];
    done = done.filter((other) => other !== victim);
  }
  const kept = new Set([...done, ...failures.slice(-MAX_FAILURES)]);
  return all.filter((other) => kept.has(other));
}

/** What is on screen: everything that was done, the newest failures beside it, and how many failures stand behind. */
export function shownToasts(toasts: readonly Toast[]): {
  readonly shown: readonly Toast[];
  readonly folded: number;
} {
  const failures = toasts.filter(({ tone }) => tone === 'failure');
  const room = Math.max(0, MAX_TOASTS - (toasts.length - failures.length));
  const folded = new Set(failures.slice(0, Math.max(0, failures.length - room)));
  return { shown: toasts.filter((toast) => !folded.has(toast)), folded: folded.size };
}

/** Shows a toast and returns its id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1;
  const id = lastId;
  useToasts.setState(({ toasts }) => ({ toasts: withToast(toasts, { ...toast, id }) }));
  return id;
}

export function closeToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Closes every failure, those behind included. */
export function closeFailures(): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter(({ tone }) => tone !== 'failure') }));
}

/** The toast of a gesture that has been undone another way has nothing left to offer. */
export function closeToastOf(gestureId: GestureId): void {
  useToasts.setState(({ toasts }) => ({
    toasts: toasts.filter((toast) => toast.gestureId !== gestureId),
  }));
}
