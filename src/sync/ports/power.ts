/** Whether this computer runs on its battery: work that can wait for the plug does (SYNC-396). */
export interface Power {
  onBattery(): boolean;
}
