const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** A time for a person: how long ago, and exactly. */
export function when(time: string | null, now: Date): string {
  if (time === null) return '';
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return time;
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const relative = seconds < 0 ? `in ${duration(-seconds)}` : `${duration(seconds)} ago`;
  return `${relative} (${at.toISOString().replace(/\.\d+Z$/, 'Z')})`;
}

/** Seconds in the largest unit that fits, such as `3 min`. */
export function duration(seconds: number): string {
  const [name, size] = UNITS.find(([, each]) => seconds >= each) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${name}`;
}
