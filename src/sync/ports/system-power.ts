import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Power } from './power';

/** Where Linux tells about batteries and plugs; on other systems there is no such folder. */
const SUPPLIES = '/sys/class/power_supply';

/**
 * What the host reports (Electron knows on every system), and until it does what Linux says. A computer that tells
 * nothing has no battery: most of those without a window are plugged in.
 */
export function createSystemPower(folder = SUPPLIES): Power & { report(onBattery: boolean): void } {
  let reported: boolean | null = null;
  return {
    onBattery: () => reported ?? readsBattery(folder),
    report: (onBattery) => {
      reported = onBattery;
    },
  };
}

/** A battery that is being emptied, and no plug with current on it. Batteries of mice and the like are no supply. */
function readsBattery(folder: string): boolean {
  let isDischarging = false;
  for (const name of namesIn(folder)) {
    const fact = (file: string) => readFact(join(folder, name, file));
    if (fact('scope') === 'Device') continue;
    if (fact('type') === 'Battery') isDischarging ||= fact('status') === 'Discharging';
    else if (fact('online') === '1') return false;
  }
  return isDischarging;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readFact(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
