import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { environmentKey } from './environment-key.ts'

const machine = { python: { path: '/usr/bin/python3', version: '3.11.2' }, uvVersion: 'uv 0.9.0' }
const spec = {
  id: 'a',
  bundle: { path: '/b', sha256: 'b' },
  environment: { inputsSha256: 'one' as string | null, osPackages: [] },
}
const withInputs = (inputsSha256: string | null, id = 'a') => ({
  ...spec,
  id,
  environment: { inputsSha256, osPackages: [] },
})

it('is shared by instances whose inputs are the same, and by no others', () => {
  expect(environmentKey(withInputs('one', 'x'), machine, {})).toBe(environmentKey(spec, machine, {}))
  expect(environmentKey(withInputs('two'), machine, {})).not.toBe(environmentKey(spec, machine, {}))
})

it('is shared by nobody where the inputs are not known', () => {
  expect(environmentKey(withInputs(null, 'x'), machine, {})).not.toBe(
    environmentKey(withInputs(null, 'y'), machine, {}),
  )
})

it('changes with interpreter, installer, constraints and index', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'key-'))
  const constraintsPath = path.join(directory, 'constraints.txt')
  writeFileSync(constraintsPath, 'starlette<1\n')
  const keys = [
    environmentKey(spec, machine, {}),
    environmentKey(spec, { ...machine, python: { ...machine.python, version: '3.12.1' } }, {}),
    environmentKey(spec, { ...machine, uvVersion: 'uv 1.0' }, {}),
    environmentKey(spec, machine, { constraintsPath }),
    environmentKey({ ...spec, environment: { ...spec.environment, constraints: 'flask<3\n' } }, machine, {}),
    environmentKey(spec, machine, { index: { url: 'https://index.example/simple' } }),
    environmentKey(spec, machine, { index: { extraUrls: ['https://index.example/simple'] } }),
  ]
  expect(new Set(keys).size).toBe(keys.length)
  rmSync(directory, { recursive: true })
})

it('takes an instance’s constraints instead of the driver’s', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'key-'))
  const constraintsPath = path.join(directory, 'constraints.txt')
  writeFileSync(constraintsPath, 'starlette<1\n')
  const own = { ...spec, environment: { ...spec.environment, constraints: 'starlette<1\n' } }
  expect(environmentKey(own, machine, {})).toBe(environmentKey(spec, machine, { constraintsPath }))
  expect(
    environmentKey({ ...own, environment: { ...own.environment, constraints: '' } }, machine, { constraintsPath }),
  ).toBe(environmentKey(spec, machine, {}))
  rmSync(directory, { recursive: true })
})

it('does not change with how the index is reached', () => {
  const index = { proxy: 'http://proxy.example:3128', caFile: '/ca.pem' }
  expect(environmentKey(spec, machine, { index })).toBe(environmentKey(spec, machine, {}))
})
