import { commandTitles } from '../../shared/keyboard/command-titles';
import styles from './swipe-rows.module.css';

/** A finger that moved less is tapping. */
const BEGINS_PX = 10;
/** How far a row is pulled before letting go acts: a third of it, at most this. */
const ACTS_PX = 120;

export type SwipeAction = 'mail.archive' | 'mail.trash';

interface Swipe {
  readonly pointerId: number;
  readonly row: HTMLElement;
  readonly x: number;
  readonly y: number;
  readonly ground: HTMLElement | null;
  /** How far it was pulled towards the end of the line. */
  pulled: number;
}

/**
 * A row that a finger pulls towards the end of the line is archived, towards its start deleted (UI-028). The ground it
 * uncovers says which, and whether letting go now would do it.
 * @param scroller holds the rows
 * @param act what the row's own small controls do, so with the same undo
 */
export function followSwipes(
  scroller: HTMLElement,
  act: (index: number, action: SwipeAction) => void,
): () => void {
  let swipe: Swipe | null = null;
  const towardsEnd = () => (getComputedStyle(scroller).direction === 'rtl' ? -1 : 1);

  const begin = (event: PointerEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest<HTMLElement>('[role="row"][aria-selected]');
    letGo();
    if (!row || event.pointerType !== 'touch' || !event.isPrimary) return;
    swipe = { pointerId: event.pointerId, row, x: event.clientX, y: event.clientY, ground: null, pulled: 0 };
  };
  const move = (event: PointerEvent): void => {
    if (swipe === null || event.pointerId !== swipe.pointerId) return;
    const moved = event.clientX - swipe.x;
    if (swipe.ground === null) {
      const aside = Math.abs(moved);
      if (Math.abs(event.clientY - swipe.y) > Math.max(BEGINS_PX, aside)) swipe = null;
      if (swipe === null || aside <= BEGINS_PX) return;
      scroller.setPointerCapture(event.pointerId);
      swipe = { ...swipe, ground: layGround(swipe.row) };
    }
    swipe.pulled = moved * towardsEnd();
    swipe.row.style.translate = `${moved}px 0`;
    if (swipe.ground) show(swipe.ground, actionOf(swipe), isFarEnough(swipe));
  };
  const end = (event: PointerEvent): void => {
    if (swipe === null || event.pointerId !== swipe.pointerId) return;
    const done = swipe;
    letGo();
    if (done.ground && isFarEnough(done)) act(Number(done.row.dataset.index), actionOf(done));
  };
  function letGo(): void {
    swipe?.ground?.remove();
    if (swipe) {
      swipe.row.style.translate = '';
      delete swipe.row.dataset.swiped;
    }
    swipe = null;
  }

  scroller.classList.add(styles.swipes ?? '');
  scroller.addEventListener('pointerdown', begin);
  scroller.addEventListener('pointermove', move);
  scroller.addEventListener('pointerup', end);
  scroller.addEventListener('pointercancel', letGo);
  return () => {
    letGo();
    scroller.classList.remove(styles.swipes ?? '');
    scroller.removeEventListener('pointerdown', begin);
    scroller.removeEventListener('pointermove', move);
    scroller.removeEventListener('pointerup', end);
    scroller.removeEventListener('pointercancel', letGo);
  };
}

function actionOf({ pulled }: Swipe): SwipeAction {
  return pulled > 0 ? 'mail.archive' : 'mail.trash';
}

function isFarEnough({ pulled, row }: Swipe): boolean {
  return Math.abs(pulled) >= Math.min(ACTS_PX, row.clientWidth / 3);
}

function layGround(row: HTMLElement): HTMLElement {
  const ground = document.createElement('div');
  ground.className = styles.ground ?? '';
  ground.ariaHidden = 'true';
  ground.style.top = row.style.top;
  row.dataset.swiped = '';
  row.after(ground);
  return ground;
}

function show(ground: HTMLElement, action: SwipeAction, acts: boolean): void {
  ground.dataset.action = action;
  ground.toggleAttribute('data-acts', acts);
  ground.textContent = commandTitles[action];
}
