import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const moduleId = 'virtual:icon-fonts'
const fontsPath = 'fonts'
const resolve = createRequire(import.meta.url).resolve
const iconsRoot = dirname(dirname(resolve('@fluentui/font-icons-mdl2')))
const componentsRoot = join(dirname(dirname(resolve('@fluentui/react'))), 'lib', 'components')

interface IconSet {
  family: string
  file: string
  icons: Map<string, string>
}

/**
 * `virtual:icon-fonts` registers Fluent's icons: those that the page or Fluent's own components name, of the 1,900 that there
 * are, and the fonts that hold them come with the page, so that no page asks a CDN for them.
 */
export function iconFonts(): Plugin {
  return {
    name: moduleId,
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : undefined),
    load(id) {
      if (id !== `\0${moduleId}`) return
      const sets = usedSets()
      if (this.environment.mode === 'build')
        for (const { file } of sets)
          this.emitFile({
            type: 'asset',
            fileName: `${fontsPath}/${file}`,
            source: readFileSync(join(iconsRoot, 'fonts', file)),
          })
      return codeOf(sets)
    },
  }
}

function usedSets(): IconSet[] {
  const named = new Set([...literalsIn('src/**/*.{ts,tsx}', /['"](\w+)['"]/g), ...namedByFluent()])
  return globSync('lib/fabric-icons*.js', { cwd: iconsRoot })
    .sort()
    .map((path) => readSet(readFileSync(join(iconsRoot, path), 'utf8'), named))
    .filter(({ icons }) => icons.size > 0)
}

function readSet(text: string, wanted: ReadonlySet<string>): IconSet {
  const family = /fontFamily: "\\"(.*?)\\""/.exec(text)?.[1]
  const file = /"([\w-]+\.woff)'\)/.exec(text)?.[1]
  if (!family || !file)
    throw new Error('Fluent writes its icon sets in another way than before: see build/icon-fonts.ts.')
  const all = [...text.matchAll(/^\s*'?(\w+)'?: '(\\u[0-9A-F]{4})'/gm)].map(([, name, code]) => [name!, code!] as const)
  return { family, file, icons: new Map(all.filter(([name]) => wanted.has(name))) }
}

function literalsIn(pattern: string, literal: RegExp): string[] {
  const root = join(import.meta.dirname, '..')
  return globSync(pattern, { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(literal)].map(([, name]) => name!),
  )
}

function namedByFluent(): string[] {
  return globSync('**/*.js', { cwd: componentsRoot }).flatMap((path) =>
    [...readFileSync(join(componentsRoot, path), 'utf8').matchAll(/[iI]conName: ['"](\w+)['"]/g)].map(
      ([, name]) => name!,
    ),
  )
}

function codeOf(sets: IconSet[]): string {
  const style =
    "{ MozOsxFontSmoothing: 'grayscale', WebkitFontSmoothing: 'antialiased', fontStyle: 'normal', fontWeight: 'normal' }"
  const calls = sets.map(({ family, file, icons }) => {
    const names = [...icons].map(([name, code]) => `${name}: '${code}'`).join(', ')
    const fontFace = `{ fontFamily: '"${family}"', src: "url('/${fontsPath}/${file}') format('woff')" }`
    return `registerIcons({ style, fontFace: ${fontFace}, icons: { ${names} } })`
  })
  return `import { registerIcons } from '@fluentui/react/lib/Styling'\nconst style = ${style}\n${calls.join('\n')}\n`
}
