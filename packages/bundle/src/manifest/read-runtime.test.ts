import { describe, expect, it } from 'vitest'
import { readManifest } from './read-manifest.ts'
import { defaultManifestRules, type ManifestRules } from './rules.ts'

const mebi = 1024 ** 2

function runtime(lines: string, rules: Partial<ManifestRules> = {}) {
  const text = `[App]\nName = "a"\nVersion = "1.0.0"\n[Runtime]\n${lines}`
  const { manifest, problems } = readManifest(text, { ...defaultManifestRules, ...rules })
  return { runtime: manifest!.runtime, problems }
}

const withModule = (lines: string, rules: Partial<ManifestRules> = {}) => runtime(`Module = "app"\n${lines}`, rules)

describe('the module', () => {
  it.each(['app', 'src.app', 'my-app', 'src.my-app', '_x.y1', '2048', 'größe.app'])('%s is accepted', (module) => {
    expect(runtime(`Module = "${module}"`)).toMatchObject({ runtime: { module }, problems: [] })
  })

  it.each([
    ['src/app.py', /write Module = "src\.app"/],
    ['app.py', /write Module = "app"/],
    ['.app', /write Module = "app"/],
    ['src..app', /names joined by dots/],
    ['-c', /names joined by dots/],
    ['app; rm', /names joined by dots/],
  ])('%s is refused', (module, message) => {
    const { problems } = runtime(`Module = "${module}"`)
    expect(problems).toMatchObject([{ severity: 'error', code: 'bad_value', place: { key: 'Module', line: 5 } }])
    expect(problems[0]?.message).toMatch(message)
  })

  it('is required, unless the app is a link or a container', () => {
    expect(runtime('').problems).toMatchObject([
      { severity: 'error', code: 'required', place: { key: 'Module', line: 4 } },
    ])
    expect(runtime('AppMode = "container"\nCustomImage = "a/b:1"').problems).toEqual([])
  })
})

describe('the volume', () => {
  it('is a path and a size, the path without needless parts', () => {
    const { runtime, problems } = withModule('VolumeMount = "/var//data/./x/"\nVolumeSize = "1Gi"')
    expect(problems).toEqual([])
    expect(runtime.volume).toEqual({ mountPath: '/var/data/x', sizeBytes: 1024 * mebi })
  })

  it('may stand below the code', () => {
    expect(withModule('VolumeMount = "/app/data"\nVolumeSize = "1Gi"').problems).toEqual([])
  })

  it.each([
    ['data', /not an absolute path/],
    ['/', /root of the file system/],
    ['//.', /root of the file system/],
    ['/app', /where the app's code stands/],
    ['/app/', /where the app's code stands/],
    ['/resources', /Python environment/],
    ['/resources/x', /Python environment/],
    ['/proc', /\/proc, which belongs to the system/],
    ['/sys/fs', /\/sys, which belongs to the system/],
    ['/dev/shm', /\/dev, which belongs to the system/],
    ['/etc', /\/etc, which belongs to the system/],
    ['/usr/lib', /\/usr, which belongs to the system/],
    ['/tmp', /temporary files/],
    ['/data/../etc', /contains "\.\."/],
    ['/da\\\\ta', /backslash/],
    ['/da\\u0000ta', /control character/],
  ])('at %s is refused', (path, message) => {
    const { runtime, problems } = withModule(`VolumeMount = "${path}"\nVolumeSize = "1Gi"`)
    expect(problems).toMatchObject([{ severity: 'error', code: 'bad_value', place: { key: 'VolumeMount', line: 6 } }])
    expect(problems[0]?.message).toMatch(message)
    expect(runtime.volume).toBeUndefined()
  })

  it('needs both keys', () => {
    expect(withModule('VolumeMount = "/data"').problems).toMatchObject([
      { code: 'required', place: { key: 'VolumeSize' } },
    ])
    expect(withModule('VolumeSize = "1Gi"').problems).toMatchObject([
      { code: 'required', place: { key: 'VolumeMount' } },
    ])
  })
})

describe('quantities', () => {
  it('may be texts or numbers', () => {
    const { runtime } = withModule('MemoryLimit = 1073741824\nCPULimit = 2\nCPUReservation = 0.5')
    expect(runtime).toMatchObject({ memoryLimitBytes: 1024 * mebi, cpuLimitMillis: 2000, cpuReservationMillis: 500 })
  })

  it.each([
    ['MemoryLimit = "4 GB"', /not a quantity: write MemoryLimit = "500Mi"/],
    ['MemoryLimit = "4GB"', /not a quantity/],
    ['MemoryLimit = "-1Gi"', /less than 1Mi/],
    ['MemoryLimit = "0"', /less than 1Mi/],
    ['MemoryLimit = "500m"', /"m" means thousandths: did you mean "500Mi"\?/],
    ['MemoryLimit = "1Ei"', /more than 1Pi/],
    ['MemoryLimit = "1e999999999"', /not a quantity/],
    ['MemoryReservation = "x"', /not a quantity: write MemoryReservation = "400Mi"/],
    ['ResourceVolumeSize = "big"', /not a quantity/],
    ['CPULimit = "0"', /not more than zero/],
    ['CPULimit = "-1"', /not more than zero/],
    ['CPULimit = "1M"', /more than 10000 processors/],
    ['CPUReservation = "two"', /not a quantity/],
  ])('%s is refused', (line, message) => {
    const { problems } = withModule(line)
    expect(problems).toMatchObject([{ severity: 'error', code: 'bad_value', place: { table: 'Runtime', line: 6 } }])
    expect(problems[0]?.message).toMatch(message)
  })

  it('of another type are refused', () => {
    expect(withModule('MemoryLimit = true').problems).toMatchObject([{ severity: 'error', code: 'wrong_type' }])
  })

  it('reserve at most the limit', () => {
    const memory = withModule('MemoryLimit = "1Gi"\nMemoryReservation = "2Gi"')
    expect(memory.problems).toMatchObject([
      { severity: 'error', code: 'bad_value', place: { key: 'MemoryReservation' } },
    ])
    expect(memory.problems[0]?.message).toMatch(/larger than MemoryLimit/)
    const cpu = withModule('CPULimit = "1"\nCPUReservation = "1001m"')
    expect(cpu.problems).toMatchObject([{ severity: 'error', code: 'bad_value', place: { key: 'CPUReservation' } }])
    expect(withModule('MemoryLimit = "1Gi"\nMemoryReservation = "1024Mi"').problems).toEqual([])
  })
})

describe('mode, port and image', () => {
  it('a Python app needs its port', () => {
    expect(withModule('AppMode = "python"').problems).toMatchObject([{ code: 'required', place: { key: 'Port' } }])
    expect(withModule('AppMode = "Python"\nPort = 8501')).toMatchObject({
      runtime: { mode: 'python', port: 8501 },
      problems: [],
    })
  })

  it.each(['0', '65536', '-1'])('port %s is refused', (port) => {
    const { problems } = withModule(`AppMode = "python"\nPort = ${port}`)
    expect(problems).toMatchObject([{ severity: 'error', code: 'bad_value', place: { key: 'Port' } }])
  })

  it('a port in quotes is refused, and has no effect on a Wave app', () => {
    expect(withModule('AppMode = "python"\nPort = "80"').problems).toMatchObject([
      { severity: 'error', code: 'wrong_type' },
    ])
    expect(withModule('Port = 80').problems).toMatchObject([{ severity: 'warning', code: 'not_used' }])
  })

  it('a container is described by image, command and arguments', () => {
    const { runtime: container, problems } = runtime(
      'AppMode = "container"\nCustomImage = "registry.example.com:5000/app@sha256:0a"\nAppArgs = ["--mode", "x"]\nAppEntryPoint = ["./server"]\nPort = 1337',
    )
    expect(problems).toEqual([])
    expect(container).toMatchObject({ mode: 'container', args: ['--mode', 'x'], entryPoint: ['./server'], port: 1337 })
  })

  it('a container needs its image, or a runtime version that brings one', () => {
    expect(runtime('AppMode = "container"').problems).toMatchObject([
      { code: 'required', place: { key: 'CustomImage' } },
    ])
    const problems = runtime('AppMode = "container"\nRuntimeVersion = "base_runtime"').problems
    expect(problems.map(({ code }) => code)).toEqual(['unknown_runtime_version'])
  })

  it('an image must be a name, and one that the operator allows', () => {
    expect(runtime('AppMode = "container"\nCustomImage = "--privileged"').problems).toMatchObject([
      { code: 'bad_value' },
    ])
    const lines = 'AppMode = "container"\nCustomImage = "evil.example/x:1"'
    expect(runtime(lines, { imagePatterns: ['registry.example.com/*'] }).problems).toMatchObject([
      { severity: 'error', code: 'image_not_allowed', place: { key: 'CustomImage', line: 6 } },
    ])
    expect(runtime(lines, { imagePatterns: ['*.example/*'] }).problems).toEqual([])
  })

  it.each([
    ['AppMode = "java"', /"wave", "python" or "container"/],
    ['RoutingMode = "PATH"', /"DOMAIN" or "BASE_URL"/],
    ['GPUCount = -1', /from 0 to 1024/],
  ])('%s is refused', (line, message) => {
    const { problems } = withModule(line)
    expect(problems).toMatchObject([{ severity: 'error', code: 'bad_value' }])
    expect(problems[0]?.message).toMatch(message)
  })

  it.each(['EnableOIDC = "true"', 'EnableSHM = 1', 'GPUCount = 1.5', 'AppArgs = "x"'])(
    '%s is refused for its type',
    (line) => {
      expect(withModule(line).problems).toMatchObject([{ severity: 'error', code: 'wrong_type' }])
    },
  )

  it('empty texts count as not given', () => {
    const lines =
      'AppMode = ""\nRoutingMode = ""\nRuntimeVersion = ""\nGPUType = ""\nMemoryLimit = ""\nVolumeMount = ""'
    expect(withModule(lines)).toMatchObject({ runtime: { mode: 'wave', routing: 'DOMAIN' }, problems: [] })
  })

  it('a kind of GPU without their number has no effect', () => {
    expect(withModule('GPUType = "a100"').problems).toMatchObject([{ severity: 'warning', code: 'not_used' }])
    expect(withModule('GPUType = "a100"\nGPUCount = 0').problems).toEqual([])
  })
})

describe('the runtime version', () => {
  const offered = [
    { name: 'python-3.11', python: '3.11' },
    { name: 'python-3.8', python: '3.8', deprecated: true },
  ]
  const runtimeVersions = { ...defaultManifestRules.runtimeVersions, offered }
  const version = (name: string, strictRuntimeVersion = false) =>
    withModule(`RuntimeVersion = "${name}"`, { runtimeVersions, strictRuntimeVersion }).problems

  it('that is offered, by name or alias, is accepted', () => {
    expect(version('python-3.11')).toEqual([])
    expect(version('deb11_py310_wlatest', true)).toEqual([])
  })

  it('that is unknown is a warning, or a refusal where the operator is strict', () => {
    expect(version('cobol')).toMatchObject([{ severity: 'warning', code: 'unknown_runtime_version' }])
    const [problem] = version('cobol', true)
    expect(problem).toMatchObject({ severity: 'error', code: 'unknown_runtime_version', place: { line: 6 } })
    expect(problem?.message).toMatch(/On offer: python-3\.11, python-3\.8/)
  })

  it('that is deprecated is refused', () => {
    expect(version('python-3.8')).toMatchObject([{ severity: 'error', code: 'deprecated_runtime_version' }])
    expect(version('deb11_py38_wlatest')).toMatchObject([{ severity: 'error', code: 'deprecated_runtime_version' }])
  })
})
