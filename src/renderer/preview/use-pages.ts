import { type RefObject, useEffect, useState } from 'react';

interface PagesOnScreen {
  /** The page that fills most of the view, from 1. */
  readonly page: number;
  /** Pages on screen and next to it. */
  readonly near: ReadonlySet<number>;
  /** CSS pixels for a page beside the scroll bar and its margins. */
  readonly width: number;
}

/** So much of the view, above and below, is drawn in advance. */
const MARGIN = '50%';

/** Follows the scrolling box of a document: which pages are in view, and how much room there is. */
export function usePages(box: RefObject<HTMLElement | null>, pages: number): PagesOnScreen {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set([1]));
  const [page, setPage] = useState(1);
  const [width, setWidth] = useState(1);

  useEffect(() => {
    const root = box.current;
    if (root === null) return;
    const seen = new Set<number>();
    const numberOf = (element: Element) => Number((element as HTMLElement).dataset.page);
    const follow = () => {
      const middle = root.getBoundingClientRect().top + root.clientHeight / 2;
      const at = [...seen].find((number) => {
        const edges = root.querySelector(`[data-page="${number}"]`)?.getBoundingClientRect();
        return edges !== undefined && edges.top <= middle && edges.bottom >= middle;
      });
      if (at !== undefined) setPage(at);
    };
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) seen.add(numberOf(target));
          else seen.delete(numberOf(target));
        }
        setNear(new Set(seen));
        // After a leap the scroll event came before anybody knew what is in view.
        follow();
      },
      { root, rootMargin: MARGIN },
    );
    for (const element of root.querySelectorAll('[data-page]')) watcher.observe(element);
    const measure = () => {
      const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(root);
      setWidth(
        root.clientWidth - Number.parseFloat(paddingInlineStart) - Number.parseFloat(paddingInlineEnd),
      );
    };
    root.addEventListener('scroll', follow, { passive: true });
    const resized = new ResizeObserver(measure);
    resized.observe(root);
    measure();
    return () => {
      watcher.disconnect();
      resized.disconnect();
      root.removeEventListener('scroll', follow);
    };
  }, [box]);

  return { page: Math.min(page, pages), near, width };
}
