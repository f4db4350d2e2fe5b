const MAX_STEPS = 100;

/** What was done in this window, so that undo and redo know which gesture is next. */
export class History<T> {
  private done: T[] = [];
  private undone: T[] = [];

  /** A new gesture; what could be redone before it no longer can. */
  did(gesture: T): void {
    this.done = [...this.done.slice(1 - MAX_STEPS), gesture];
    this.undone = [];
  }

  undid(gesture: T): void {
    this.done = this.done.filter((other) => other !== gesture);
    this.undone.push(gesture);
  }

  /** `gesture` was done again, which made it the gesture `again`; what else was undone can still be redone. */
  redid(gesture: T, again: T): void {
    this.undone = this.undone.filter((other) => other !== gesture);
    this.done.push(again);
  }

  /** One that can still be undone. */
  find(matches: (gesture: T) => boolean): T | undefined {
    return this.done.find(matches);
  }

  nextUndo(): T | undefined {
    return this.done.at(-1);
  }

  nextRedo(): T | undefined {
    return this.undone.at(-1);
  }
}
