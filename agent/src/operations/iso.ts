/** A time as operations answer it. */
export function iso(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
