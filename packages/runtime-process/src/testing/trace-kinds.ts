/** Traces without what is another one's with every process or network, in order: spare networks come and go. */
export function kindsOf(traces: string[]): string[] {
  const kinds = traces.map((line) =>
    line
      .replaceAll(/\bwv[0-9a-f]+i\d+/g, 'network')
      .replaceAll(/\d+(\.\d+){3}(\/\d+)?/g, 'address')
      .replaceAll(/([0-9a-f]{2}:){5}[0-9a-f]{2}/g, 'address')
      .replace(/^process \d+/, 'process')
      .replace(/^\d+: /, '')
      .replace(/@if\d+/, '')
      .replace(/ ?\(id: \d+\)/, '')
      .trim(),
  )
  return kinds.sort()
}
