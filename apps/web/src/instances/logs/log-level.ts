export type LogLevel = 'error' | 'warning' | 'debug'

const levels: [LogLevel, RegExp][] = [
  ['error', /\b(ERROR|CRITICAL|FATAL|Traceback|[A-Z]\w*(Error|Exception):)/],
  ['warning', /\b(WARN|WARNING|[A-Z]\w*Warning:)/],
  ['debug', /\b(DEBUG|TRACE)\b/],
]

/** How grave a line looks by the words that logging libraries write; undefined: an ordinary one. */
export function levelOf(line: string): LogLevel | undefined {
  return levels.find(([, pattern]) => pattern.test(line))?.[0]
}
