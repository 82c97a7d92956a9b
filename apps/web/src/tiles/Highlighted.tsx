import { Fragment } from 'react'
import styles from './Highlighted.module.css'
import { highlight, type Searched } from './highlight.ts'

/** A text with what was searched for marked in it. */
export function Highlighted({ text, searched }: { text: string; searched: Searched }) {
  if (searched.words.length === 0) return text
  let at = 0
  return highlight(text, searched).map((piece) => {
    const key = at
    at += piece.text.length
    return piece.isFound ? (
      <mark key={key} className={styles.found}>
        {piece.text}
      </mark>
    ) : (
      <Fragment key={key}>{piece.text}</Fragment>
    )
  })
}
