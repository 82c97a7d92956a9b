import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readManifest } from './read-manifest.ts'

const directory = process.env.CORPUS_DIR
const files = directory
  ? readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /app\.toml/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  : []

/** What a person would expect of real manifests: name of the file → problems; those not listed have none. */
const expectations: Record<string, string[]> = {
  'SDPcodes+KMeansApp--app.toml': ['warning version_normalised App.Version:3'],
  'a-ghorbani+h2o-wave-apps--credit-card-default-app+app.toml': ['warning unknown_category App.Category:7'],
  'h2oai+h2o-llmstudio--app.toml.template': [
    'error placeholder App.Version:3',
    'warning unknown_runtime_version Runtime.RuntimeVersion:11',
  ],
  'h2oai+wave--py+apps+theme-generator+app.toml': ['error placeholder App.Version:3'],
  'h2oai+wave--py+apps+tour+app.toml': ['error placeholder App.Version:3'],
  'h2oai+wave--studio+app.toml': ['error placeholder App.Version:3'],
  'h2oai+wave--university+app.toml': ['error placeholder App.Version:3'],
  'h2oai+wave-apps--template-explore-binary-classification+app.toml': [
    'warning unknown_table Brand:11',
    'warning unknown_table Data:17',
  ],
  'h2oai+wave-apps--template-mlops-single-prediction+app.toml': [
    'warning unknown_table Brand:11',
    'warning unknown_table Model:17',
  ],
  'kavindasr+challenge-wildfires--wave-app+app.toml': ['warning version_normalised App.Version:3'],
  'kavindasr+h2o_wildfire--wave-app+app.toml': ['warning version_normalised App.Version:3'],
}

/** Some of what is to be understood of them. */
const contents: Record<string, object> = {
  'SDPcodes+KMeansApp--app.toml': { app: { version: '1.0.0', versionAsWritten: '1.0' } },
  'h2oai+genai-app-store-apps--link-h2ogpte+app.toml': {
    app: { lifecycle: 'LINK' },
    link: { address: 'https://h2ogpte.genai.h2o.ai/' },
  },
  'h2oai+genai-app-store-apps--brlawgpt+app.toml': {
    app: { lifecycle: 'MANAGED' },
    runtime: { cpuLimitMillis: 12_000, cpuReservationMillis: 4000, memoryLimitBytes: 40 * 1024 ** 3 },
  },
  'h2oai+h2o-llmstudio--app.toml.template': {
    runtime: { mode: 'container', port: 10_101, gpu: { count: 1 }, routing: 'BASE_URL', enableShm: true },
  },
  'h2oai+wave-image-styling-playground--app.toml': {
    app: { name: 'ai.h2o.wave.imagestyler', title: 'H2O Image Styling Art Studio' },
    runtime: { module: 'start', volume: { mountPath: '/meta_data', sizeBytes: 100 * 1024 ** 3 } },
  },
  'h2oai+wave-ml--examples+quickstart-cloud-app+app.toml': {
    env: [{ name: 'H2O_WAVE_ML_STEAM_INSTANCE_NAME', value: 'my-dai' }, {}, {}, {}],
  },
  'yukismd+Object_Detection_Scoring_App--H2OAppStore+app.toml': { app: { title: '物体検出アプリ' } },
}

describe.skipIf(!directory)('real manifests (in the folder that CORPUS_DIR names; skipped where it is not set)', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  it.each(files.map((file) => [file.slice(file.lastIndexOf('/') + 1), file]))('%s', (name, file) => {
    const { manifest, problems } = readManifest(readFileSync(file))
    const told = problems.map(({ severity, code, place }) => {
      const where = [place.table, place.key].filter((part) => part !== undefined).join('.')
      return `${severity} ${code} ${where}:${place.line}`
    })
    expect(told).toEqual(expectations[name] ?? [])
    expect(manifest).toMatchObject(contents[name] ?? {})
    expect(manifest?.runtime.module === undefined).toBe(
      manifest?.app.lifecycle === 'LINK' || manifest?.runtime.mode === 'container',
    )
  })
})
