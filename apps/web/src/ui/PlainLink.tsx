import type { ComponentProps } from 'react'

/** A link out of the page's own routes, within a sentence. */
export function PlainLink({ children, ...link }: ComponentProps<'a'>) {
  return <a {...link}>{children}</a>
}
