import { build } from '../lib/build.mjs';

/** `npm run build`: everything under out/, from scratch. */
export async function run() {
  return build({ force: true });
}
