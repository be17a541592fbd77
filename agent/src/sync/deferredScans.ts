import type { Queue, ScanRequest } from '../store/types.ts';

/** Scans that wait until m3ter and the org can be called again. Lost when the agent ends: a start scans anyway. */
export class DeferredScans {
  private readonly queue: Pick<Queue, 'requestScan'>;
  private readonly waiting = new Map<string, ScanRequest>();

  constructor(queue: Pick<Queue, 'requestScan'>) {
    this.queue = queue;
  }

  add(request: ScanRequest): void {
    const { orgId, integrationIds, trigger, runKeys } = request;
    this.waiting.set(JSON.stringify([orgId, integrationIds, trigger, runKeys]), request);
  }

  /** Asks again for those of orgs that can be called. */
  async retry(isCallable: (orgId: string) => boolean): Promise<void> {
    for (const [key, request] of this.waiting) {
      if (!isCallable(request.orgId)) continue;
      this.waiting.delete(key);
      await this.queue.requestScan(request);
    }
  }
}
