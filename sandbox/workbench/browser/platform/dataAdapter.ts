import type { WireAdapter, WireDataCallback } from 'lwc';
import { onOrgChange } from './changes.ts';

export interface DataAdapterOptions<Config, Value> {
  /** What the component sees until the first answer. */
  empty: Value;
  /** A configuration that is not ready causes no request. */
  isReady(config: Config): boolean;
  /** Reads the value; must not throw. */
  load(config: Config): Promise<Value>;
  /** Adds to every emitted value, such as a refresh function; not part of the comparison with the value before. */
  decorate?(value: Value, refresh: () => Promise<void>): Value;
}

/**
 * Makes a wire adapter that behaves as the platform's data adapters: it emits an empty value first, keeps the last
 * value while a new one is read, ignores answers that came too late, and hands out frozen data. It also reads again
 * when the org's records may have changed, and emits only when the value is another one.
 */
export function dataAdapter<Config extends object, Value extends object>(options: DataAdapterOptions<Config, Value>) {
  return class DataAdapter implements WireAdapter<Config> {
    private readonly emit: WireDataCallback;
    private config: Config | undefined;
    private configText = '';
    private emittedText = '';
    private emitted: Value | undefined;
    private isAwaited = false;
    private newestLoad = 0;
    private running: Promise<void> | undefined;
    private isStale = false;
    private stopListening: (() => void) | undefined;

    constructor(dataCallback: WireDataCallback) {
      this.emit = dataCallback;
      this.emit(options.empty);
    }

    connect(): void {
      this.stopListening = onOrgChange(() => void this.refresh());
      if (this.config !== undefined) void this.load();
    }

    disconnect(): void {
      this.stopListening?.();
      this.stopListening = undefined;
    }

    /** A component may wait for an answer to every configuration it gives, also to the one it had before. */
    update(config: Config): void {
      const text = JSON.stringify(config);
      if (text === this.configText) {
        if (this.emitted !== undefined) this.emit(this.emitted);
        return;
      }
      this.configText = text;
      this.config = config;
      this.emitted = undefined;
      this.isAwaited = true;
      void this.load();
    }

    /** Reads again; while a read is under way, one more follows it, whoever asked. */
    private async refresh(): Promise<void> {
      this.isStale = true;
      await this.running;
      await (this.isStale ? this.load() : this.running);
    }

    private load(): Promise<void> {
      this.isStale = false;
      const config = this.config;
      if (config === undefined || !options.isReady(config)) return Promise.resolve();
      const number = (this.newestLoad += 1);
      this.running = options.load(config).then((value) => {
        if (number === this.newestLoad && this.stopListening !== undefined) this.provide(value);
      });
      return this.running;
    }

    private provide(value: Value): void {
      const text = JSON.stringify(value);
      if (text === this.emittedText && !this.isAwaited) return;
      this.emittedText = text;
      this.isAwaited = false;
      const frozen = freeze(value);
      this.emitted = options.decorate?.(frozen, () => this.refresh()) ?? frozen;
      this.emit(this.emitted);
    }
  };
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
