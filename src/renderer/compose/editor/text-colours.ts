import { composeStrings } from '../../strings/compose';

/**
 * Colours a letter may be written in. They are sent as they are and shown as they are, on light and on dark (APP-142), so
 * each has at least 3:1 on both writing surfaces; the test beside this file computes it.
 */
export const TEXT_COLOURS = [
  { id: 'red', value: '#d9372c', label: composeStrings.colours.red },
  { id: 'orange', value: '#c65d07', label: composeStrings.colours.orange },
  { id: 'green', value: '#2f8f4e', label: composeStrings.colours.green },
  { id: 'teal', value: '#0f8a8a', label: composeStrings.colours.teal },
  { id: 'blue', value: '#3b78d8', label: composeStrings.colours.blue },
  { id: 'violet', value: '#9160d8', label: composeStrings.colours.violet },
  { id: 'grey', value: '#7a828c', label: composeStrings.colours.grey },
] as const;

/** Sizes beside the reader's own; relative, because only the reader knows what is easy to read. */
export const TEXT_SIZES = [
  { id: 'small', value: '0.85em', label: composeStrings.sizes.small },
  { id: 'normal', value: null, label: composeStrings.sizes.normal },
  { id: 'large', value: '1.25em', label: composeStrings.sizes.large },
  { id: 'huge', value: '1.6em', label: composeStrings.sizes.huge },
] as const;
