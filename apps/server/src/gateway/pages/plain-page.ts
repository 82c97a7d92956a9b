import { html } from './html.ts'
import { pageFrame } from './page-frame.ts'

/** A page of one sentence, for an instance's host. */
export function plainPage(page: {
  title: string
  text: string
  link?: { href: string; text: string }
  /** The page asks again by itself after so many seconds. */
  refreshSeconds?: number
}): string {
  const { title, text, link, refreshSeconds } = page
  return pageFrame({
    title,
    ...(refreshSeconds ? { head: html`<meta http-equiv="refresh" content="${refreshSeconds}">` } : {}),
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
${link ? html`<p class="actions"><a class="button" href="${link.href}">${link.text}</a></p>` : null}`,
  })
}

/** For hosts that are not ours: nothing can be linked from there, so it comes without a style. */
export function wrongHostPage(rightAddress: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Nothing is served at this address</title>
</head>
<body>
<h1>Nothing is served at this address</h1>
<p>The store is at <a href="${rightAddress}">${rightAddress}</a>.</p>
</body>
</html>
`.toString()
}
