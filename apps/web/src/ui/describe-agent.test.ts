import { expect, it } from 'vitest'
import { describeAgent } from './describe-agent.ts'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

it.each([
  [`${windows} Chrome/141.0.0.0 Safari/537.36`, 'Chrome 141 on Windows'],
  [`${windows} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.3537.71`, 'Edge 141 on Windows'],
  [`${windows} Chrome/140.0.0.0 Safari/537.36 OPR/125.0.0.0`, 'Opera 125 on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'Firefox 144 on Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    'Safari 26 on macOS',
  ],
  [`${phone} Version/18.1 Mobile/15E148 Safari/604.1`, 'Safari 18 on iPhone'],
  [`${phone} CriOS/141.0.7390.96 Mobile/15E148 Safari/604.1`, 'Chrome 141 on iPhone'],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
    'Chrome 141 on Android',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64) Konqueror', 'A browser on Linux'],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', 'An unknown browser'],
])('says of “%s”: %s', (agent, words) => {
  expect(describeAgent({ kind: 'browser', agent })).toBe(words)
})

it('calls a command line what it calls itself', () => {
  expect(describeAgent({ kind: 'command_line', agent: 'The h2o command line' })).toBe('The h2o command line')
  expect(describeAgent({ kind: 'command_line', agent: '' })).toBe('A command line')
})
