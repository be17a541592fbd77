import type { Findings } from '../report/result.ts';

export interface PartOptions {
  /** Smaller loads: to see that the bench works, not what is fast. */
  readonly isQuick: boolean;
  /** The largest load whole, though it takes long. */
  readonly isFull: boolean;
  /** A data set of one's own. */
  readonly dataDir: string | undefined;
  readonly say: (text: string) => void;
}

/** A part of the bench that can be run alone. */
export interface Part {
  readonly name: string;
  readonly says: string;
  run(options: PartOptions): Promise<Findings>;
}
