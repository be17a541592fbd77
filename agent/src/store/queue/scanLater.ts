/** Thrown by a scan that cannot be done now: it is run again, not before `afterMs`, and this attempt does not count. */
export class ScanLater extends Error {
  readonly afterMs: number;

  constructor(afterMs: number) {
    super('m3ter or the org cannot be called now; the scan is run again.');
    this.name = 'ScanLater';
    this.afterMs = afterMs;
  }
}
