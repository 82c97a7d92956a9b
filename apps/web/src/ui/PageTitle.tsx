import { type ReactNode, useEffect } from 'react'

/** Takes the focus that the shell laid on `main` when the page changed, so that a screen reader begins here. */
function takeFocusFromMain(heading: HTMLHeadingElement | null): void {
  if (heading && document.activeElement?.tagName === 'MAIN') heading.focus({ preventScroll: true })
}

/** The page's one `h1`; the tab's title follows it. */
export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Wave App Store`
  }, [title])

  return (
    <h1 tabIndex={-1} ref={takeFocusFromMain} dir="auto">
      {children ?? title}
    </h1>
  )
}
