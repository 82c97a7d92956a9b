import { describe, expect, it } from 'vitest'
import { readManifest } from './read-manifest.ts'

const rest = '\n[Runtime]\nModule = "app"\n'
const read = (text: string) => readManifest(text)

describe('tables and keys', () => {
  it('are matched whatever their case', () => {
    const { manifest, problems } = read('[APP]\nname = "a"\nVERSION = "1.0.0"\n[runtime]\nmodule = "start"')
    expect(problems).toEqual([])
    expect(manifest).toMatchObject({ app: { name: 'a', version: '1.0.0' }, runtime: { module: 'start' } })
  })

  it('repeated tables in two spellings are one list, in the order of the file', () => {
    const env = (table: string, name: string) => `[[${table}]]\nName = "${name}"\nValue = "x"\n`
    const text = `[App]\nName="a"\nVersion="1.0.0"${rest}${env('Env', 'A')}${env('ENV', 'B')}${env('Env', 'C')}`
    const { manifest, problems } = read(text)
    expect(problems).toEqual([])
    expect(manifest?.env.map(({ name }) => name)).toEqual(['A', 'B', 'C'])
  })

  it('one key in two spellings: the later one counts, with a warning', () => {
    const { manifest, problems } = read(`[App]\nName = "a"\nVersion = "1.0.0"\nname = "b"${rest}`)
    expect(manifest?.app.name).toBe('b')
    expect(problems).toMatchObject([{ severity: 'warning', code: 'duplicate_key', place: { key: 'Name', line: 4 } }])
  })

  it('one table in two spellings is one table', () => {
    const { manifest, problems } = read(`[App]\nName = "a"\n[app]\nversion = "1.0.0"${rest}`)
    expect(problems).toEqual([])
    expect(manifest?.app).toMatchObject({ name: 'a', version: '1.0.0' })
  })

  it('may be written as inline tables and dotted keys', () => {
    const { manifest, problems } = read(
      'App = { Name = "a", Version = "1.0.0" }\nRuntime.Module = "app"\nEnv = [\n  { Name = "A", Value = "1" },\n  { Name = "B", Nmae = 2, Value = "1" },\n]',
    )
    expect(manifest).toMatchObject({
      app: { name: 'a' },
      runtime: { module: 'app' },
      env: [{ name: 'A' }, { name: 'B' }],
    })
    expect(problems).toMatchObject([{ code: 'unknown_key', place: { key: 'Nmae', line: 5, column: 17 } }])
  })

  it.each([
    ['[App]\nName="a"\nVersion="1.0.0"\nDescripton="x"', 'unknown_key', /Did you mean Description\?/, 4],
    ['[App]\nName="a"\nVersion="1.0.0"\nModule="x"', 'unknown_key', /It belongs below \[Runtime\]/, 4],
    ['[App]\nName="a"\nVersion="1.0.0"\nSetupGuide="x"', 'unknown_key', /left alone/, 4],
    ['Title="x"\n[App]\nName="a"\nVersion="1.0.0"', 'unknown_key', /Put it below \[App\]/, 1],
    ['[App]\nName="a"\nVersion="1.0.0"\n[Brand]\nTitle="x"', 'unknown_table', /no table \[Brand\]/, 4],
    ['[App]\nName="a"\nVersion="1.0.0"\n[[Envs]]\nName="x"', 'unknown_table', /Did you mean \[Env\]\?/, 4],
  ])('that are unknown are accepted with a warning: %j', (text, code, message, line) => {
    const { problems } = read(text + rest)
    expect(problems).toMatchObject([{ severity: 'warning', code, place: { line } }])
    expect(problems[0]?.message).toMatch(message)
  })

  it.each([
    ['[Env]\nName="A"\nValue="1"', /write \[\[Env\]\] with two brackets/],
    ['[[Link]]\nAddress="https://example.com"', /\[Link\] is one table/],
    ['Env = ["A=1"]', /write \[\[Env\]\] and its keys/],
  ])('of the wrong shape are refused: %j', (text, message) => {
    const table = text.startsWith('[')
      ? `[App]\nName="a"\nVersion="1.0.0"${rest}${text}`
      : `${text}\n[App]\nName="a"\nVersion="1.0.0"${rest}`
    const problem = read(table).problems.find(({ code }) => code === 'wrong_type')
    expect(problem?.severity).toBe('error')
    expect(problem?.message).toMatch(message)
  })

  it('cannot reach what every object has', () => {
    const { problems } = read(
      `[App]\nName="a"\nVersion="1.0.0"\n__proto__ = { Title = "x" }\nconstructor = 1${rest}[__proto__]\nx = 1`,
    )
    expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning'])
  })
})
