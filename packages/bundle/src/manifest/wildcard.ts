/** Whether the whole text fits the pattern, in which `*` stands for any run of characters. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  const first = parts.shift() ?? ''
  if (parts.length === 0) return text === first
  if (!text.startsWith(first)) return false
  const last = parts.pop() ?? ''
  let from = first.length
  for (const part of parts) {
    const at = text.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return text.length - from >= last.length && text.endsWith(last)
}
