import { manifestText } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { readManifest } from './read-manifest.ts'

function env(lines: string) {
  const { manifest, problems } = readManifest(manifestText({ more: `[[Env]]\n${lines}` }))
  return { env: manifest!.env, problems }
}

describe('[[Env]]', () => {
  it.each(['MY_SETTING', '_x', 'HOME', 'my.setting', 'H2O_LLM', 'h2o_cloud_x'])('%s may be set', (name) => {
    expect(env(`Name = "${name}"\nValue = ""`)).toMatchObject({ env: [{ name, value: '' }], problems: [] })
  })

  it.each([
    'H2O_WAVE_ML_STEAM_ADDRESS',
    'H2O_WAVE_PUBLIC_DIR',
    'H2O_WAVE_PRIVATE_DIR',
    'H2O_WAVE_MAX_REQUEST_SIZE',
    'H2O_WAVE_NO_STORE',
    'H2O_WAVE_SESSION_INACTIVITY_TIMEOUT',
    'H2O_WAVE_DATA_DIR',
    'H2O_WAVE_PING_INTERVAL',
    'H2O_WAVE_APP_MODE',
  ])('%s is on the list of what may be set', (name) => {
    expect(env(`Name = "${name}"\nValue = "x"`).problems).toEqual([])
  })

  it.each([
    ['H2O_CLOUD_INSTANCE_ID', /names that begin with H2O_CLOUD/],
    ['H2O_CLOUDY', /names that begin with H2O_CLOUD/],
    ['H2O_WAVE_LISTEN', /Of H2O_WAVE\* an app may set H2O_WAVE_ML_\*/],
    ['H2O_WAVE_ACCESS_KEY_ID', /Of H2O_WAVE\*/],
  ])('%s belongs to the platform', (name, message) => {
    const { env: entries, problems } = env(`Name = "${name}"\nValue = "x"`)
    expect(problems).toMatchObject([
      { severity: 'error', code: 'reserved_name', place: { table: 'Env', key: 'Name', line: 8 } },
    ])
    expect(problems[0]?.message).toMatch(message)
    expect(entries).toEqual([])
  })

  it.each(['PATH', 'PYTHONHOME', 'LD_PRELOAD'])('%s may be set, with a warning', (name) => {
    expect(env(`Name = "${name}"\nValue = "x"`)).toMatchObject({
      env: [{ name }],
      problems: [{ severity: 'warning', code: 'overrides_platform' }],
    })
  })

  it.each([
    ['Name = "A"\nValue = "x"\nSecret = "s"\nSecretKey = "k"', 'exclusive', 'Value', /cannot stand together/],
    ['Name = "A"\nValue = "x"\nSecretKey = "k"', 'exclusive', 'Value', /cannot stand together/],
    ['Name = "A"', 'required', 'Value', /needs a Value, or a Secret/],
    ['Name = "A"\nOptional = true', 'required', 'Value', /needs a Value, or a Secret/],
    ['Name = "A"\nSecret = "s"', 'required', 'SecretKey', /needs SecretKey/],
    ['Name = "A"\nSecretKey = "k"', 'required', 'Secret', /needs Secret/],
    ['Value = "x"', 'required', 'Name', /needs Name/],
    ['Name = "A=B"\nValue = "x"', 'bad_value', 'Name', /not a name of an environment variable/],
    ['Name = "1A"\nValue = "x"', 'bad_value', 'Name', /not a name of an environment variable/],
    ['Name = "A"\nValue = 5', 'wrong_type', 'Value', /write it in quotes, such as Value = "5"/],
    ['Name = "A"\nValue = "x\\u0000"', 'bad_value', 'Value', /NUL/],
    [`Name = "A"\nValue = "${'x'.repeat(131_072)}"`, 'bad_value', 'Value', /at most 128 KiB/],
    ['Name = "A"\nValue = "x"\nOptional = "no"', 'wrong_type', 'Optional', /without quotes/],
  ])('%.50j is refused', (lines, code, key, message) => {
    const { problems } = env(lines)
    expect(problems).toMatchObject([{ severity: 'error', code, place: { table: 'Env', key } }])
    expect(problems[0]?.message).toMatch(message)
  })

  it('of two with one name the last counts, with a warning', () => {
    const { env: entries, problems } = env(
      'Name = "A"\nValue = "1"\n[[Env]]\nName = "B"\nValue = "x"\n[[Env]]\nName = "A"\nValue = "2"',
    )
    expect(problems).toMatchObject([{ severity: 'warning', code: 'duplicate', place: { key: 'Name', line: 14 } }])
    expect(entries.map(({ name, value }) => `${name}=${value}`)).toEqual(['B=x', 'A=2'])
  })
})
