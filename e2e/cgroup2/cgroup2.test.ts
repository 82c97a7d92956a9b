import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type InnerFile, runInMachine } from './run-in-machine.ts'

const places = [
  'in the root group',
  'in a leaf of a group that is delegated to it',
  'as a service of a slice of its own',
]

// Tests are known by what the machine reports.
const reports = await runInMachine(places.length)

describe.each(places.map((place, index) => ({ place, files: reports[index]! })))(
  'on the unified hierarchy, $place',
  ({ files }) => {
    it('runs what needs its kernel', () => {
      const kernelTests = files.find(({ name }) => basename(name) === 'unified-groups.test.ts')?.assertionResults ?? []
      expect(kernelTests.filter(({ status }) => status === 'passed')).not.toEqual([])
      expect(kernelTests.filter(({ status }) => status !== 'passed' && status !== 'failed')).toEqual([])
    })

    describe.each(files)('$name', (file) => retell(file))
  },
)

/** Each test of the machine as one of this run. */
function retell({ status, message, assertionResults }: InnerFile): void {
  for (const test of assertionResults) {
    const isTold = test.status === 'passed' || test.status === 'failed'
    it.skipIf(!isTold)(test.fullName, () => expect(test.failureMessages.join('\n')).toBe(''))
  }
  const isBroken = status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  if (isBroken) it('is read to its end', () => expect(message).toBe(''))
}
