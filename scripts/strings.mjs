// Every text of the page, from its source. `npm run strings -- de` brings `apps/web/src/i18n/languages/de.json` up to date: new
// texts are there with nothing, for somebody to translate; what the page no longer says goes. Without a language they are listed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, setUp } from './set-up.mjs'

const source = join(root, 'apps/web/src')

/** By text where it is said first; plurals by their second form. */
export async function textsOfPage() {
  const vite = createRequire(join(root, 'apps/web/package.json')).resolve('vite/package.json')
  const { parseSync } = await import(pathToFileURL(join(vite, '../dist/node/index.js')).href)
  const texts = new Map()
  for (const path of readdirSync(source, { recursive: true }).sort()) {
    if (!/\.tsx?$/.test(path) || path.startsWith('i18n/') || path.includes('.test.') || path.endsWith('.d.ts')) continue
    const code = readFileSync(join(source, path), 'utf8')
    const place = relative(root, join(source, path))
    const { program } = parseSync(path, code)
    visit(program, (node) => {
      for (const text of textsOf(node, place)) if (!texts.has(text.key)) texts.set(text.key, { ...text, place })
    })
  }
  return texts
}

function textsOf(node, place) {
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
    const [first, second, third, fourth] = node.arguments
    if (node.callee.name === 't') return [{ key: whole(literalOf(first), second, { node, place }) }]
    if (node.callee.name === 'plural' && literalOf(third)) return [pluralOf(literalOf(third), literalOf(fourth))]
    if (node.callee.name === 'formatCount' && literalOf(second))
      return [counted(literalOf(second), literalOf(third) ?? undefined)]
  }
  if (node.type === 'JSXOpeningElement') {
    const attribute = (name) => {
      const value = node.attributes.find((one) => one.name?.name === name)?.value
      return literalOf(value?.type === 'JSXExpressionContainer' ? value.expression : value)
    }
    if (node.name.name === 'T') {
      const values = node.attributes.find((one) => one.name?.name === 'values')?.value?.expression
      return [{ key: whole(attribute('text'), values, { node, place }) }]
    }
    if (attribute('noun')) return [counted(attribute('noun'), attribute('nouns') ?? undefined)]
  }
  return []
}

/** A text whose every place has a value. */
function whole(text, values, { node, place }) {
  if (text === null) refuse(node, place)
  const given = new Set(values?.properties?.map(({ key }) => key?.name))
  const missing = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name) => !given.has(name))
  if (missing.length > 0) throw new Error(`${place}: “${text}” is given nothing for ${missing.join(', ')}.`)
  return text
}

function counted(one, many = `${one}s`) {
  return pluralOf(`{count} ${one}`, `{count} ${many}`)
}

function pluralOf(one, other) {
  return { key: other, one }
}

function literalOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked
  return null
}

function refuse(node, place) {
  throw new Error(`${place}: the text at character ${node.start} cannot be read from the source. Give it as it is.`)
}

function visit(node, look) {
  if (!node || typeof node !== 'object') return
  if (Array.isArray(node)) {
    for (const one of node) visit(one, look)
    return
  }
  if (typeof node.type === 'string') look(node)
  for (const [name, value] of Object.entries(node)) if (name !== 'parent') visit(value, look)
}

if (process.argv[1] === import.meta.filename) {
  setUp()
  const [tag] = process.argv.slice(2)
  const texts = await textsOfPage()
  if (!tag) for (const [text, { place }] of texts) console.log(`${place}: ${text}`)
  else update(tag, texts)
}

function update(tag, texts) {
  const path = join(source, `i18n/languages/${Intl.getCanonicalLocales(tag)[0]}.json`)
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const forms = Object.fromEntries(
    new Intl.PluralRules(tag).resolvedOptions().pluralCategories.map((name) => [name, '']),
  )
  const after = [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { one }]) => [key, before[key] ?? (one ? forms : '')])
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(after), null, 2)}\n`)
  const missing = after.filter(([, value]) => value === '' || Object.values(value).includes('')).length
  console.log(`${relative(root, path)}: ${after.length} texts, ${missing} to be translated`)
}
