import { buildBundle, buildRawZip, manifestText, tinyGif, tinyPng } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { inspectBundle } from '../browser/index.ts'
import { codesOf, errorsOf, inspectBoth } from '../testing/inspect-both.ts'
import type { BundleLimits } from './limits.ts'

const app = { 'app.py': 'print()' }

/** The report, which has to be the same both ways. */
async function inspect(
  files: Record<string, string | Uint8Array>,
  manifest?: string | null,
  limits?: Partial<BundleLimits>,
) {
  const bytes = await buildBundle({ files, ...(manifest !== undefined && { manifest }) })
  const { node, browser } = await inspectBoth(bytes, limits)
  // Each has one more: the size of the file, the content of the icon.
  expect({ ...browser, iconBlob: undefined, archiveBytes: undefined }).toEqual({ ...node, archiveBytes: undefined })
  return node
}

function messageOf(report: Awaited<ReturnType<typeof inspect>>, code: string): string | undefined {
  return report.problems.find((problem) => problem.code === code)?.message
}

describe('app.toml in an archive', () => {
  it('refuses an archive without app.toml', async () => {
    const report = await inspect(app, null)
    expect(errorsOf(report)).toEqual(['manifest_missing'])
    expect(messageOf(report, 'manifest_missing')).toMatch(/no app\.toml in the root/)
  })

  it('names the one root folder around everything as the mistake', async () => {
    const files = { 'my-app/app.toml': manifestText(), 'my-app/app.py': 'x', '__MACOSX/my-app/._app.py': 'x' }
    const report = await inspect(files, null)
    expect(errorsOf(report)).toEqual(['manifest_nested'])
    expect(messageOf(report, 'manifest_nested')).toMatch(/folder my-app: pack the contents of the folder/)
  })

  it('tells where an app.toml is that is not in the root', async () => {
    const report = await inspect({ ...app, 'py/app.toml': manifestText() }, null)
    expect(messageOf(report, 'manifest_missing')).toMatch(/There is one at py\/app\.toml/)
  })

  it('tells of App.toml that it has to be written in lower case', async () => {
    const report = await inspect({ ...app, 'App.toml': manifestText() }, null)
    expect(messageOf(report, 'manifest_missing')).toMatch(/Rename App\.toml to app\.toml/)
  })

  it('refuses app.toml that is a symbolic link', async () => {
    const link = { name: 'app.toml', content: 'conf/app.toml', unixMode: 0o120777 }
    for (const report of Object.values(await inspectBoth(buildRawZip([link])))) {
      expect(errorsOf(report)).toEqual(['manifest_missing'])
    }
  })

  it('refuses app.toml that is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('[App]\nName = "'), Buffer.from([0xe9]), Buffer.from('"')])
    const report = await inspect({ ...app, 'app.toml': bytes }, null)
    expect(errorsOf(report)).toEqual(['not_utf8'])
    expect(messageOf(report, 'not_utf8')).toMatch(/save it with the encoding UTF-8/)
  })

  it('refuses app.toml of an absurd size', async () => {
    const report = await inspect(app, `${manifestText()}\n# ${'x'.repeat(2000)}`, { maxManifestBytes: 1000 })
    expect(errorsOf(report)).toEqual(['too_large'])
    expect(report.manifest).toBeUndefined()
  })

  it('keeps the text as it is written', async () => {
    const report = await inspect(app, `\ufeff${manifestText().replaceAll('\n', '\r\n')}`)
    expect(report).toMatchObject({
      accepted: true,
      problems: [],
      manifestText: manifestText().replaceAll('\n', '\r\n'),
    })
  })
})

describe('the module', () => {
  const withModule = (module: string) => manifestText({ runtime: `Module = "${module}"` })

  it('is found as file, as package and without __init__.py above it', async () => {
    for (const path of [
      'src/app.py',
      'src/app/__init__.py',
      'src/app/__main__.py',
      'src/app.cpython-311-x86_64-linux-gnu.so',
    ]) {
      expect(codesOf(await inspect({ [path]: 'x' }, withModule('src.app')))).toEqual([])
    }
    expect(codesOf(await inspect({ 'my-app.py': 'x' }, withModule('my-app')))).toEqual([])
  })

  it('is missed with a warning that names what there is', async () => {
    const report = await inspect({ 'src/App.py': 'x' }, withModule('src.app'))
    expect(report.accepted).toBe(true)
    const [problem] = report.problems
    expect(problem).toMatchObject({ code: 'module_missing', place: { table: 'Runtime', key: 'Module', line: 6 } })
    expect(problem?.message).toMatch(/no module "src\.app" \(src\/app\.py\).*There is src\/App\.py/)
  })
})

describe('icon and screenshots', () => {
  it('come from static/, screenshots in the order of their names', async () => {
    const report = await inspect({
      ...app,
      'static/screenshot-2.gif': tinyGif,
      'static/screenshot-1.png': tinyPng,
      'static/icon_app.png': tinyPng,
      'icon.png': tinyPng,
      'static/nested/icon.png': tinyPng,
      'static/screenshots.txt': 'x',
    })
    expect(report.problems).toEqual([])
    expect(report.icon).toEqual({ entry: 'static/icon_app.png', mediaType: 'image/png' })
    expect(report.screenshots.map(({ entry }) => entry)).toEqual(['static/screenshot-1.png', 'static/screenshot-2.gif'])
  })

  it('take the kind of image from the content', async () => {
    const report = await inspect({ ...app, 'static/icon.jpg': tinyGif })
    expect(report.icon).toEqual({ entry: 'static/icon.jpg', mediaType: 'image/gif' })
  })

  it('refuse SVG, which can carry scripts', async () => {
    const report = await inspect({ ...app, 'static/icon.svg': '<svg onload="alert(1)"/>' })
    expect(report.accepted).toBe(true)
    expect(report.icon).toBeUndefined()
    expect(messageOf(report, 'image_refused')).toMatch(/static\/icon\.svg is not used as icon: SVG can carry scripts/)
  })

  it('refuse what only pretends to be an image, and take the next one', async () => {
    const report = await inspect({ ...app, 'static/icon.png': '<svg/>', 'static/icon2.png': tinyPng })
    expect(report.icon?.entry).toBe('static/icon2.png')
    expect(messageOf(report, 'image_refused')).toMatch(/static\/icon\.png is not used as icon: its content is not PNG/)
  })

  it('have limits of size and number', async () => {
    const files = {
      ...app,
      'static/icon.png': tinyPng,
      'static/screenshot1.png': tinyPng,
      'static/screenshot2.gif': tinyGif,
    }
    const report = await inspect(files, undefined, { maxIconBytes: 10, maxScreenshots: 1, maxScreenshotBytes: 10 })
    expect(codesOf(report)).toEqual(['warning image_refused', 'warning image_refused', 'warning too_many_screenshots'])
    expect(report.icon).toBeUndefined()
    expect(report.screenshots).toEqual([])
  })

  it('give the page the content of the icon', async () => {
    const bytes = await buildBundle({ files: { ...app, 'static/icon.png': tinyPng } })
    const { iconBlob } = await inspectBundle(new Blob([new Uint8Array(bytes)]))
    expect(iconBlob?.type).toBe('image/png')
    expect(await iconBlob?.bytes()).toEqual(new Uint8Array(tinyPng))
  })
})

describe('the other files that mean something', () => {
  it('are read: long description, requirements, OS packages', async () => {
    const manifest = manifestText({ app: 'LongDescription = "./docs/about.md"' })
    const report = await inspect(
      {
        ...app,
        'docs/about.md': '# About',
        'requirements.txt': 'flask\r\n',
        'packages.txt': '# system\njava\n\nlibavcodec58 # video\n',
      },
      manifest,
    )
    expect(report).toMatchObject({ problems: [], longDescriptionMarkdown: '# About', requirements: 'flask\r\n' })
    expect(report.osPackages).toEqual(['java', 'libavcodec58'])
  })

  it('warns of a long description that is not there', async () => {
    const report = await inspect(app, manifestText({ app: 'LongDescription = "about.md"' }))
    expect(report.problems).toMatchObject([
      { severity: 'warning', code: 'file_missing', place: { table: 'App', key: 'LongDescription', line: 4 } },
    ])
  })

  it('reads requirements in UTF-16, as PowerShell writes them', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('flask\r\n', 'utf16le')])
    expect((await inspect({ ...app, 'requirements.txt': utf16 })).requirements).toBe('flask\r\n')
  })

  it('warns of files that requirements name and the bundle does not hold', async () => {
    const files = { ...app, 'requirements.txt': './wheels/a-1.0-py3-none-any.whl\n-r more.txt\n', 'more.txt': 'flask' }
    const report = await inspect(files)
    expect(report.problems).toMatchObject([{ code: 'file_missing', place: { entry: 'requirements.txt', line: 1 } }])
    expect(report.problems[0]?.message).toMatch(/wheels\/a-1\.0-py3-none-any\.whl/)
  })

  it('warns of what is no name of an OS package, and of text that is not UTF-8', async () => {
    const files = { ...app, 'packages.txt': 'java; rm -rf /\n-y\n', 'requirements.txt': Buffer.from([0x66, 0xe9]) }
    const report = await inspect(files)
    expect(codesOf(report)).toEqual(['warning not_utf8', 'warning bad_value', 'warning bad_value'])
    expect(report).toMatchObject({ accepted: true, osPackages: [] })
  })

  it('warns of what looks like credentials', async () => {
    const suspects = ['.env', '.env.production', 'keys/id_rsa', 'server.pem', 'credentials.json', '.netrc', '.pypirc']
    const innocent = ['.env.example', 'certs/cacert.pem', 'id_rsa.pub', 'environment.py']
    const files = Object.fromEntries([...suspects, ...innocent].map((path) => [path, 'x']))
    const report = await inspect({ ...app, ...files })
    expect(report.problems.map(({ code }) => code)).toEqual(suspects.map(() => 'looks_like_credentials'))
    expect(report.problems.map(({ place }) => place.entry)).toEqual(suspects)
  })
})

describe('a large file in the browser', () => {
  it('is not looked into, and says so', async () => {
    const report = await inspectBundle(new Blob([new Uint8Array(await buildBundle())]), { maxPreviewBytes: 10 })
    expect(report).toMatchObject({ accepted: true, problems: [{ severity: 'warning', code: 'not_previewed' }] })
  })
})
