import { compareVersions } from '@wave-store/bundle'
import { expect, it } from 'vitest'
import { generatedVersion } from './generated-version.ts'

it('appends the time in UTC, so that later ones are newer', () => {
  const now = new Date('2020-10-13T06:28:03.050Z')
  expect(generatedVersion('0.1.2', now)).toBe('0.1.2-20201013062803')
  expect(generatedVersion('0.1.2-rc.1+build', now)).toBe('0.1.2-rc.1.20201013062803')
  const later = generatedVersion('0.1.2', new Date('2021-01-01T00:00:00Z'))
  expect(compareVersions(later, generatedVersion('0.1.2', now))).toBeGreaterThan(0)
})
