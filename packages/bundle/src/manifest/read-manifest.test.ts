import { manifestText } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../problem.ts'
import { readManifest } from './read-manifest.ts'
import { defaultManifestRules } from './rules.ts'

const strict = { ...defaultManifestRules, strictVersions: true }

function problemsOf(text: string | Uint8Array, rules = defaultManifestRules): Problem[] {
  return readManifest(text, rules).problems
}

function app(lines: string, rules = defaultManifestRules) {
  return readManifest(`[App]\n${lines}\n[Runtime]\nModule = "app"`, rules)
}

const named = (lines: string) => `Name = "a.b"\nVersion = "1.0.0"\n${lines}`

describe('an app.toml', () => {
  it('without any fault has no problem, and every key is read', () => {
    const { manifest, problems } = readManifest(`
      [App]
      Name = "ai.h2o.wave.my-app"
      Version = "0.0.1"
      Title = "My awesome app"
      Description = "This is my awesome app"
      LongDescription = "about.md"
      Category = "Healthcare"
      Keywords = ["awesome"]
      Tags = ["OSS"]
      InstanceLifecycle = "Managed"
      InstanceTimeout = "1h30m"
      [Runtime]
      Module = "app.run"
      VolumeMount = "/data"
      VolumeSize = "1Gi"
      ResourceVolumeSize = "2Gi"
      MemoryLimit = "500Mi"
      MemoryReservation = "400Mi"
      CPULimit = "1.5"
      CPUReservation = "500m"
      GPUCount = 1
      GPUType = "a100"
      EnableOIDC = true
      EnableSHM = true
      RuntimeVersion = "deb11_py310_wlatest"
      RoutingMode = "BASE_URL"
      [[Env]]
      Name = "ENVIRONMENT_VARIABLE_NAME"
      Secret = "SecretName"
      SecretKey = "SecretKeyName"
      Optional = true
      [[Env]]
      Name = "ANOTHER_ENVIRONMENT_VARIABLE_NAME"
      Value = "some value"
      [[File]]
      Path = "some/path.file"
      Secret = "FileSecretName"
      SecretKey = "FileSecretKeyName"
      [[File]]
      Path = "/another/path.file"
      Value = '''
some
string
'''`)
    expect(problems).toEqual([])
    expect(manifest).toEqual({
      app: {
        name: 'ai.h2o.wave.my-app',
        version: '0.0.1',
        versionAsWritten: '0.0.1',
        title: 'My awesome app',
        description: 'This is my awesome app',
        longDescription: 'about.md',
        category: 'Healthcare',
        keywords: ['awesome'],
        tags: ['OSS'],
        lifecycle: 'MANAGED',
        instanceTimeoutSeconds: 5400,
      },
      runtime: {
        mode: 'wave',
        module: 'app.run',
        args: [],
        volume: { mountPath: '/data', sizeBytes: 1024 ** 3 },
        resourceVolumeBytes: 2 * 1024 ** 3,
        memoryLimitBytes: 500 * 1024 ** 2,
        memoryReservationBytes: 400 * 1024 ** 2,
        cpuLimitMillis: 1500,
        cpuReservationMillis: 500,
        gpu: { count: 1, type: 'a100' },
        enableOidc: true,
        enableShm: true,
        runtimeVersion: 'deb11_py310_wlatest',
        routing: 'BASE_URL',
      },
      env: [
        { name: 'ENVIRONMENT_VARIABLE_NAME', secret: { name: 'SecretName', key: 'SecretKeyName' }, optional: true },
        { name: 'ANOTHER_ENVIRONMENT_VARIABLE_NAME', value: 'some value', optional: false },
      ],
      files: [
        { path: 'some/path.file', secret: { name: 'FileSecretName', key: 'FileSecretKeyName' }, optional: false },
        { path: '/another/path.file', value: 'some\nstring\n', optional: false },
      ],
    })
  })

  it('is read with a byte order mark and Windows line ends, lines counted as an editor does', () => {
    const text = `\ufeff${manifestText({ app: 'Category = "Pets"' }).replaceAll('\n', '\r\n')}`
    for (const source of [text, new TextEncoder().encode(text)]) {
      expect(problemsOf(source)).toMatchObject([{ code: 'unknown_category', place: { line: 4, column: 1 } }])
    }
  })

  it('is refused when it is not UTF-8', () => {
    expect(problemsOf(Uint8Array.of(0x5b, 0xe9))).toMatchObject([{ severity: 'error', code: 'not_utf8' }])
  })

  it('is refused with line and column when it is not TOML', () => {
    const [problem] = problemsOf('[App]\nName = "x"\nVersion = 1.0.0')
    expect(problem).toMatchObject({ code: 'toml_syntax', place: { entry: 'app.toml', line: 3 } })
    expect(problem?.message).toMatch(/^This is not TOML: /)
  })

  it('is refused when a template placeholder was left in it', () => {
    for (const version of ['"{{VERSION}}"', '{{VERSION}}']) {
      const [problem] = problemsOf(`[App]\nName = "x"\nVersion = ${version}\n[Runtime]\nModule = "a"`)
      expect(problem).toMatchObject({ severity: 'error', code: 'placeholder', place: { line: 3 } })
      expect(problem?.message).toMatch(/placeholder/)
    }
  })

  it('gets every problem reported at once, in the order of the lines', () => {
    const problems = problemsOf(`[App]
Name = "a/b"
Version = "one"
Keywords = "x"
[Runtime]
MemoryLimit = "much"
Port = "80"
[[Env]]
Name = "H2O_CLOUD_X"
Value = "x"
[[File]]
Path = "x.txt"`)
    expect(problems.map(({ code, place }) => `${place.line} ${place.table}.${place.key} ${code}`)).toEqual([
      '2 App.Name bad_value',
      '3 App.Version bad_value',
      '4 App.Keywords wrong_type',
      '5 Runtime.Module required',
      '6 Runtime.MemoryLimit bad_value',
      '7 Runtime.Port wrong_type',
      '9 Env.Name reserved_name',
      '11 File.Value required',
      '12 File.Path bad_value',
    ])
  })

  it('that is empty lacks name, version and module', () => {
    expect(problemsOf('').map(({ place }) => `${place.table}.${place.key}`)).toEqual([
      'App.Name',
      'App.Version',
      'Runtime.Module',
    ])
  })
})

describe('the name', () => {
  it('may have blanks and brackets, with a warning', () => {
    for (const name of ['My App <beta>', 'Prévision (v2)', 'x'.repeat(64)]) {
      const { manifest, problems } = app(`Name = "${name}"\nVersion = "1.0.0"`)
      expect(manifest?.app).toMatchObject({ name, title: name })
      expect(problems).toMatchObject([{ severity: 'warning', code: 'name_unusual' }])
    }
  })

  it.each([
    ['a/b', /slash/],
    ['a\\\\b', /backslash/],
    ['a\\"b', /quote/],
    ["a'b", /quote/],
    ['a\\nb', /cannot be seen/],
    ['a\\u202eb', /cannot be seen/],
    [' a', /blank/],
    ['..', /dots/],
    ['x'.repeat(129), /longer than 128/],
  ])('%s is refused', (name, message) => {
    const { problems } = app(`Name = "${name}"\nVersion = "1.0.0"`)
    expect(problems).toMatchObject([{ severity: 'error', code: 'bad_value', place: { key: 'Name', line: 2 } }])
    expect(problems[0]?.message).toMatch(message)
  })
})

describe('the version', () => {
  const version = (text: string, rules = defaultManifestRules) => app(`Name = "a"\nVersion = "${text}"`, rules)

  it.each([
    ['1.7', '1.7.0'],
    ['1', '1.0.0'],
    ['0.1.01', '0.1.1'],
    ['1.2-beta', '1.2.0-beta'],
  ])('%s is taken as %s with a warning, and refused where the operator is strict', (written, normal) => {
    const lenient = version(written)
    expect(lenient.manifest?.app).toMatchObject({ version: normal, versionAsWritten: written })
    expect(lenient.problems).toMatchObject([{ severity: 'warning', code: 'version_normalised' }])
    const [problem] = version(written, strict).problems
    expect(problem).toMatchObject({ severity: 'error', code: 'bad_value' })
    expect(problem?.message).toContain(`write "${normal}"`)
  })

  it.each([
    ['v1.2.3', /write "1\.2\.3"/],
    [' 1.2.3', /write "1\.2\.3"/],
    ['1.2.3.4', /more than three numbers/],
    ['99999999999999999999.0.0', /numbers are too large/],
    ['1.0.0-20991231235959999999', /numbers are too large/],
    [`1.0.0-${'x'.repeat(130)}`, /longer than 128/],
    ['latest', /three numbers/],
    ['1.0.0-ä', /three numbers/],
  ])('%s is refused', (written, message) => {
    const { problems } = version(written)
    expect(problems).toMatchObject([{ severity: 'error', code: 'bad_value', place: { key: 'Version', line: 3 } }])
    expect(problems[0]?.message).toMatch(message)
  })

  it('as a number is refused with the advice to quote it', () => {
    const { problems } = app('Name = "a"\nVersion = 1.7')
    expect(problems).toMatchObject([{ code: 'wrong_type' }])
    expect(problems[0]?.message).toBe('Version is a text: write it in quotes, such as Version = "1.7".')
  })
})

describe('the other keys of [App]', () => {
  it('an unknown category is shown under Other, and All needs none', () => {
    const finance = app(named('Category = "FinServe"'))
    expect(finance.manifest?.app.category).toBe('Other')
    expect(finance.problems).toMatchObject([{ severity: 'warning', code: 'unknown_category' }])
    expect(app(named('Category = "All"')).problems).toEqual([])
    expect(app(named('category = "data science"')).manifest?.app.category).toBe('Data Science')
  })

  it('titles fall back to the name, descriptions may be empty', () => {
    const { manifest, problems } = app(named('Title = ""\nDescription = ""'))
    expect(problems).toEqual([])
    expect(manifest?.app).toMatchObject({ title: 'a.b', description: '' })
  })

  it.each([
    ['Title = "one\\ntwo"', 'bad_value', /one plain line/],
    [`Title = "${'x'.repeat(300)}"`, 'bad_value', /longer than 256/],
    [`Description = "${'x'.repeat(17_000)}"`, 'bad_value', /longer than 16384/],
    ['LongDescription = "/etc/passwd"', 'bad_value', /no file of the bundle/],
    ['LongDescription = "../about.md"', 'bad_value', /no file of the bundle/],
    ['Keywords = [1, 2]', 'wrong_type', /list of texts/],
    [`Tags = ["${'x'.repeat(200)}"]`, 'bad_value', /longer than/],
    ['InstanceLifecycle = "FOREVER"', 'bad_value', /"ON_DEMAND", "MANAGED" or "LINK"/],
    ['InstanceTimeout = "1 day"', 'bad_value', /not a time/],
    ['InstanceTimeout = 30', 'bad_value', /not a time/],
    ['InstanceTimeout = "0s"', 'bad_value', /not a time/],
  ])('%.40s is refused', (line, code, message) => {
    const { problems } = app(named(line))
    expect(problems).toMatchObject([{ severity: 'error', code, place: { table: 'App', line: 4 } }])
    expect(problems[0]?.message).toMatch(message)
  })

  it('a timeout may be never, in quotes or as a number', () => {
    for (const value of ['"-1"', '-1'])
      expect(app(named(`InstanceTimeout = ${value}`)).manifest?.app.instanceTimeoutSeconds).toBeNull()
    expect(app(named('')).manifest?.app.instanceTimeoutSeconds).toBeUndefined()
  })
})

describe('[Link]', () => {
  const link = (lines: string) => readManifest(`[App]\n${named('InstanceLifecycle = "LINK"')}\n${lines}`)

  it('leads a LINK app somewhere else, which needs no module', () => {
    const { manifest, problems } = link('[Link]\nAddress = "https://example.com/a"')
    expect(problems).toEqual([])
    expect(manifest?.link).toEqual({ address: 'https://example.com/a' })
  })

  it.each(['javascript:alert(1)', 'ftp://example.com', 'example.com', 'https://me:word@example.com'])(
    'refuses the address %s',
    (address) => {
      const { problems } = link(`[Link]\nAddress = "${address}"`)
      expect(problems).toMatchObject([
        { severity: 'error', code: 'bad_value', place: { table: 'Link', key: 'Address' } },
      ])
    },
  )

  it('is required of a LINK app, and without effect on others', () => {
    expect(link('').problems).toMatchObject([{ severity: 'error', code: 'required', place: { table: 'Link' } }])
    const other = readManifest(manifestText({ more: '[Link]\nAddress = "https://example.com"' }))
    expect(other.problems).toMatchObject([{ severity: 'warning', code: 'not_used', place: { table: 'Link', line: 7 } }])
  })
})
