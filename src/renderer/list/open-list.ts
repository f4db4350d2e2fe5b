import { create } from 'zustand';
import type { ListController } from './list-controller';

/** The list on screen, for the commands that act on it; null while none is mounted. */
export const useOpenList = create<{ readonly list: ListController | null }>()(() => ({ list: null }));

export function openList(): ListController | null {
  return useOpenList.getState().list;
}
