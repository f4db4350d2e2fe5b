import { create } from 'zustand';
import type { GestureId } from '../../shared/domain';

/** At most this many at a time; the oldest that is not a failure goes first (UI-051). */
export const MAX_TOASTS = 3;
export const TOAST_MS = 10_000;

export interface Toast {
  readonly id: number;
  /** A failure stays until it is closed and is announced as an alert. */
  readonly tone: 'done' | 'failure';
  readonly text: string;
  readonly detail?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** The gesture that this toast can undo. */
  readonly gestureId?: GestureId | undefined;
}

interface ToastState {
  readonly toasts: readonly Toast[];
}

export const useToasts = create<ToastState>()(() => ({ toasts: [] }));

let lastId = 0;

/** Adds one at the end in place of the same words without a gesture, and lets the oldest go when there are too many. */
export function withToast(toasts: readonly Toast[], toast: Toast): readonly Toast[] {
  const others = toasts.filter(
    ({ tone, text, gestureId }) => tone === 'failure' || gestureId !== undefined || text !== toast.text,
  );
  const all = [...others, toast];
  if (all.length <= MAX_TOASTS) return all;
  const victim = all.find(({ tone }) => tone === 'done') ?? all[0];
  return all.filter((other) => other !== victim);
}

/** Shows a toast and returns its id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1;
  const id = lastId;
  useToasts.setState(({ toasts }) => ({ toasts: withToast(toasts, { ...toast, id }) }));
  return id;
}

/** New words for a toast that is still there: how far something is. */
export function changeToast(id: number, text: string): void {
  useToasts.setState(({ toasts }) => ({
    toasts: toasts.map((toast) => (toast.id === id ? { ...toast, text } : toast)),
  }));
}

export function closeToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** The toast of a gesture that has been undone another way has nothing left to offer. */
export function closeToastOf(gestureId: GestureId): void {
  useToasts.setState(({ toasts }) => ({
    toasts: toasts.filter((toast) => toast.gestureId !== gestureId),
  }));
}
