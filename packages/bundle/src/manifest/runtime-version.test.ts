import { describe, expect, it } from 'vitest'
import { defaultRuntimeVersionRules, resolveRuntimeVersion } from './runtime-version.ts'
import { matchesWildcard } from './wildcard.ts'

const rules = {
  offered: [
    { name: 'python-3.11', python: '3.11' },
    { name: 'python-3.9', python: '3.9' },
    { name: 'gpu', deprecated: true },
  ],
  aliases: [{ pattern: 'ub*_cuda*', to: { name: 'gpu' } }, ...defaultRuntimeVersionRules.aliases],
}

describe('a runtime version', () => {
  it.each([
    [undefined, { kind: 'default', name: 'python-3.11', deprecated: false }],
    ['python-3.9', { kind: 'offered', name: 'python-3.9', deprecated: false }],
    ['deb11_py310_wlatest', { kind: 'alias', name: 'python-3.11', deprecated: false }],
    ['deb11_py38_wlatest', { kind: 'alias', name: 'python-3.9', deprecated: false }],
    ['deb10_py37_wlatest', { kind: 'alias', name: 'python-3.9', deprecated: false }],
    ['ub1804_cuda110_cudnn8_devel_py37_wlatest_experimental', { kind: 'alias', name: 'gpu', deprecated: true }],
    ['base_runtime', { kind: 'unknown', name: 'python-3.11', deprecated: false }],
  ])('%s stands for the nearest there is', (wanted, expected) => {
    expect(resolveRuntimeVersion(wanted, rules)).toEqual(expected)
  })

  it('of a usual name is understood where nothing is offered by name', () => {
    expect(resolveRuntimeVersion('deb11_py310_wlatest', defaultRuntimeVersionRules)).toEqual({
      kind: 'alias',
      deprecated: false,
    })
  })
})

describe('a pattern with wildcards', () => {
  it.each([
    ['*', '', true],
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*a', 'a', false],
    ['*_py3*', 'deb11_py310_wlatest', true],
    ['registry.example.com/*', 'registry.example.com.evil/x', false],
    ['a.c', 'abc', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
  ])('%s fits %s: %s', (pattern, text, fits) => {
    expect(matchesWildcard(pattern, text)).toBe(fits)
  })
})
