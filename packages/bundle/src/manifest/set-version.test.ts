import { expect, it } from 'vitest'
import { setVersion } from './set-version.ts'

const text = (version: string) =>
  `# Version = "9"\n[App]\nName = "a.b"\n${version} # now\n\n[Runtime]\nModule = "app"\n`

it.each(['Version = "1.2.3"', "Version='1.2'", '"Version" = "1.0.0-rc.1"'])('replaces %s and nothing else', (line) => {
  const changed = setVersion(text(line), '1.2.3-20201013062803')
  expect(changed).toBe(text(line.replace(/=.*/, (value) => value.replace(/["'].*["']/, '"1.2.3-20201013062803"'))))
})

it('says so where it cannot', () => {
  expect(setVersion('App = { Name = "a", Version = """1.0.0""" }\n', '2.0.0')).toBeUndefined()
  expect(setVersion('[App]\nName = "a"\n', '2.0.0')).toBeUndefined()
})
