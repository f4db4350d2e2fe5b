import { useEffect } from 'react';
import { create } from 'zustand';
import { setSelection } from '../state/ui-store';
import type { ListController, ListSnapshot } from './list-controller';

/** The list on screen, for the commands that act on it; null while none is mounted. */
export const useOpenList = create<{ readonly list: ListController | null }>()(() => ({ list: null }));

export function openList(): ListController | null {
  return useOpenList.getState().list;
}

/** Makes a list the one on screen, and its selection the one everybody knows of; null = not now. */
export function useCommandedList(
  list: ListController | null,
  { selection }: Pick<ListSnapshot, 'selection'>,
): void {
  useEffect(() => {
    if (list === null) return;
    useOpenList.setState({ list });
    return () => useOpenList.setState((state) => (state.list === list ? { list: null } : state));
  }, [list]);
  useEffect(() => {
    if (list !== null) setSelection(selection);
  }, [list, selection]);
}
