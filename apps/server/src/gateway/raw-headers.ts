import type { Dispatcher } from 'undici'

/** An app's headers as they came: names and values alternate, duplicates stay, bytes are Latin-1. */
export function decodeHeaders(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  if (!Array.isArray(raw)) return []
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
}
