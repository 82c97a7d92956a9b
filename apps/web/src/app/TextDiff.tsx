import { structuredPatch } from 'diff'
import { t } from '../i18n/t.ts'
import styles from './TextDiff.module.css'

const marks = { '+': t('Added'), '-': t('Removed') }

/** How a text became another one: changed lines with three around them. */
export function TextDiff({ label, before, after }: { label: string; before: string; after: string }) {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 3 })
  if (hunks.length === 0) return <p>{t('No difference.')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse
    <section className={styles.diff} aria-label={label} tabIndex={0}>
      {hunks.map((hunk) => (
        <div key={`${hunk.oldStart} ${hunk.newStart}`} className={styles.hunk}>
          <div className={styles.place}>
            {t('Line {newStart} (before: {oldStart})', { newStart: hunk.newStart, oldStart: hunk.oldStart })}
          </div>
          {numbered(hunk.lines).map(({ key, mark, text }) => (
            <Line key={key} mark={mark} text={text} />
          ))}
        </div>
      ))}
    </section>
  )
}

function Line({ mark, text }: { mark: string; text: string }) {
  const word = mark === '+' || mark === '-' ? marks[mark] : undefined
  return (
    <div className={word ? styles[word.toLowerCase()] : undefined}>
      <span aria-hidden>{mark}</span>
      {word && <span className="visually-hidden">{word}: </span>}
      {text || ' '}
    </div>
  )
}

function numbered(lines: string[]) {
  return lines.map((line, index) => ({ key: `${index} ${line}`, mark: line.slice(0, 1), text: line.slice(1) }))
}
