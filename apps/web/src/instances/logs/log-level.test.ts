import { expect, it } from 'vitest'
import { levelOf } from './log-level.ts'

it.each([
  ['2026-05-04 ERROR: cannot bind', 'error'],
  ['Traceback (most recent call last):', 'error'],
  ["ModuleNotFoundError: No module named 'plotly'", 'error'],
  ['WARNING:root:slow', 'warning'],
  ['DeprecationWarning: on_startup is deprecated', 'warning'],
  ['DEBUG loaded 3 rows', 'debug'],
  ['INFO:     Uvicorn running', undefined],
  ['an error-free day', undefined],
])('reads the level of “%s” as %s', (line, level) => {
  expect(levelOf(line)).toBe(level)
})
