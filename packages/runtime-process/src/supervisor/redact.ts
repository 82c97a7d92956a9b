const blank = '[secret]'
/** What is cut off at the end of a message is recognised by this many first letters of it. */
const leastPart = 4
const leastLine = 8

/** A message without the given values, in the forms in which programs quote them, and without the beginning of one at its end. */
export function redact(message: string, values: readonly string[]): string {
  const forms = [...new Set(values.flatMap(formsOf))].sort((a, b) => b.length - a.length)
  const whole = forms.reduce((text, form) => text.replaceAll(form, blank), message)
  return forms.reduce(withoutBeginningAtEnd, whole)
}

function formsOf(value: string): string[] {
  if (value.trim() === '') return []
  // Of several lines, a message may quote one.
  const lines = value.split(/\r?\n/).filter((line) => line.trim().length >= leastLine)
  return [value, value.trim(), ...lines].flatMap((each) => [each, oneLine(each), inJson(each), inPython(each)])
}

function withoutBeginningAtEnd(text: string, form: string): string {
  const [, body = '', end = ''] = /^(.*?)((?: …)?\.?)$/s.exec(text) ?? []
  for (let length = Math.min(form.length - 1, body.length); length >= leastPart; length--) {
    if (body.endsWith(form.slice(0, length))) return `${body.slice(0, -length)}${blank}${end}`
  }
  return text
}

/** As a message itself is kept to one line. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function inPython(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
  return text.includes(`'`) && text.includes('"') ? escaped.replaceAll(`'`, `\\'`) : escaped
}
