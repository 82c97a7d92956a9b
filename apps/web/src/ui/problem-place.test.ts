import { expect, it } from 'vitest'
import { problemPlace } from './problem-place.ts'

it.each([
  [{}, ''],
  [{ entry: 'static/icon.svg' }, 'static/icon.svg'],
  [{ entry: 'app.toml', line: 3 }, 'app.toml, line 3'],
  [{ entry: 'app.toml', line: 3, column: 9 }, 'app.toml, line 3:9'],
  [{ entry: 'app.toml', table: 'Runtime', key: 'VolumeSize', line: 12 }, 'app.toml, line 12, [Runtime] VolumeSize'],
  [{ table: 'App', key: 'Name' }, '[App] Name'],
])('writes the place %j as “%s”', (place, text) => {
  expect(problemPlace(place)).toBe(text)
})
