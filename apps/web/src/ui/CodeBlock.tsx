import styles from './CodeBlock.module.css'

interface CodeBlockProps {
  label: string
  text: string
  /** Shows the last lines first. */
  fromEnd?: boolean
}

function scrollToEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight
}

/** Text of a file, as it is. Focusable, so that the keyboard can scroll it. */
export function CodeBlock({ label, text, fromEnd }: CodeBlockProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse
    <section ref={fromEnd ? scrollToEnd : undefined} className={styles.code} aria-label={label} tabIndex={0}>
      <pre>{text}</pre>
    </section>
  )
}
