import { type Html, html } from './html.ts'
import { againScript } from './page-assets.ts'
import { pageFrame } from './page-frame.ts'
import { refreshTag } from './refresh-tag.ts'

/** A page of one sentence, for an instance's host. */
export function plainPage(page: {
  title: string
  text: string
  link?: { href: string; text: string }
  /** The page asks again by itself, at the path and query that it stands at. */
  again?: { afterSeconds: number; target: string }
}): string {
  const { title, text, link, again } = page
  return pageFrame({
    title,
    ...(again ? askAgain(again) : {}),
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
${link ? html`<p class="actions"><a class="button" href="${link.href}">${link.text}</a></p>` : null}`,
  })
}

function askAgain({ afterSeconds, target }: { afterSeconds: number; target: string }) {
  return {
    head: refreshTag(afterSeconds, target),
    script: againScript,
    mainAttributes: html` data-reload-ms="${afterSeconds * 1000}"`,
  }
}

/** For hosts that are not ours. */
export function wrongHostPage(rightAddress: string): string {
  const text = html`The store is at <a href="${rightAddress}">${rightAddress}</a>.`
  return barePage('Nothing is served at this address', text)
}

/** For a request that is too long to be read: what makes it so is nearly always cookies. */
export function tooLongPage(): string {
  const text = html`This browser sends more with each request than is taken here. Most likely an app has left it too many
cookies. Delete the cookies of this site in the settings of the browser, then open the address again.`
  return barePage('Too many cookies', text)
}

/** Nothing can be linked from where these stand, so they come without a style. */
function barePage(title: string, text: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
<body>
<h1>${title}</h1>
<p>${text}</p>
</body>
</html>
`.toString()
}
