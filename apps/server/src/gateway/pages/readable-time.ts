/** `2026-11-03T10:15:30.123Z` → `2026-11-03 10:15:30 UTC`. */
export function readableTime(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`
}
