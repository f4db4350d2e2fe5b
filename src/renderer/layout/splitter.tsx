import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { clamp, type PaneRange, SPLITTER_STEP_PX } from './pane-sizes';
import styles from './splitter.module.css';

interface SplitterProps {
  readonly label: string;
  /** Id of the pane whose width it sets. */
  readonly controls: string;
  readonly value: number;
  readonly range: PaneRange;
  readonly initial: number;
  /** Called while moving. */
  onMove(value: number): void;
  /** Called once it came to rest; the place to store the value. */
  onRest(value: number): void;
}

/** UI-001: 1 px to see, 9 px to grab; arrows move by 16, Home and End to the limits, double click or Enter resets. */
export function Splitter({ label, controls, value, range, initial, onMove, onRest }: SplitterProps) {
  const drag = useRef<{ startX: number; startValue: number; last: number } | null>(null);
  const rtl = () => document.documentElement.dir === 'rtl';

  function set(next: number) {
    const fitted = clamp(next, range);
    onMove(fitted);
    onRest(fitted);
  }
  function keyDown(event: KeyboardEvent) {
    const towardsEnd = rtl() ? 'ArrowLeft' : 'ArrowRight';
    const towardsStart = rtl() ? 'ArrowRight' : 'ArrowLeft';
    if (event.key === towardsEnd) set(value + SPLITTER_STEP_PX);
    else if (event.key === towardsStart) set(value - SPLITTER_STEP_PX);
    else if (event.key === 'Home') set(range.min);
    else if (event.key === 'End') set(range.max);
    else if (event.key === 'Enter') set(initial);
    else return;
    event.preventDefault();
  }
  function pointerMove(event: PointerEvent) {
    if (!drag.current) return;
    const moved = (event.clientX - drag.current.startX) * (rtl() ? -1 : 1);
    drag.current.last = clamp(drag.current.startValue + moved, range);
    onMove(drag.current.last);
  }
  function pointerUp() {
    if (drag.current && drag.current.last !== drag.current.startValue) onRest(drag.current.last);
    drag.current = null;
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> can neither be focused nor hold a value.
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={controls}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      className={styles.splitter}
      onKeyDown={keyDown}
      onDoubleClick={() => set(initial)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { startX: event.clientX, startValue: value, last: value };
      }}
      onPointerMove={pointerMove}
      onPointerUp={pointerUp}
      onPointerCancel={pointerUp}
    />
  );
}
