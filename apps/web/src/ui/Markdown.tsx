import type { ComponentProps, ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { t } from '../i18n/t.ts'
import styles from './Markdown.module.css'
import { shiftHeadings } from './shift-headings.ts'

function isWebAddress(address: string | undefined): address is string {
  return address !== undefined && /^https?:\/\//i.test(address)
}

function OutwardLink({ href, children }: Pick<ComponentProps<'a'>, 'href' | 'children'>) {
  if (!isWebAddress(href)) return <>{children}</>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

/** A picture from elsewhere would tell its host who reads this page, so it is a link instead. */
function ImageAsLink({ src, alt }: Pick<ComponentProps<'img'>, 'src' | 'alt'>) {
  return <OutwardLink href={src}>{alt || t('Image')}</OutwardLink>
}

/** What a Markdown file may be wider than a narrow screen with: scrolled by keyboard, too. */
function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse
    <section className={styles.wide} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

const components: Components = {
  a: ({ href, children }) => <OutwardLink href={href}>{children}</OutwardLink>,
  img: ({ src, alt }) => <ImageAsLink src={typeof src === 'string' ? src : undefined} alt={alt} />,
  input: ({ checked }) => (
    <input type="checkbox" disabled checked={checked === true} aria-label={checked ? t('Done') : t('Open')} />
  ),
  pre: ({ children }) => (
    <Wide label={t('Code')}>
      <pre>{children}</pre>
    </Wide>
  ),
  table: ({ children }) => (
    <Wide label={t('Table')}>
      <table>{children}</table>
    </Wide>
  ),
}

/** Text written by an app's developer: Markdown with tables and lists, no HTML, no scripts, nothing loaded from elsewhere. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.markdown} dir="auto">
      <ReactMarkdown
        skipHtml
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize, shiftHeadings]}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  )
}
