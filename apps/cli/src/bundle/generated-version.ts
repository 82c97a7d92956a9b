/**
 * The version with the time as its suffix, as the guide's `bundle deploy` has it: `0.1.2-20201013062803`. Of a
 * pre-release it becomes a further part; what is said of the build is left out.
 */
export function generatedVersion(version: string, now: Date): string {
  const [core = version] = version.split('+', 1)
  const time = now.toISOString().replaceAll(/\D/g, '').slice(0, 14)
  return core.includes('-') ? `${core}.${time}` : `${core}-${time}`
}
