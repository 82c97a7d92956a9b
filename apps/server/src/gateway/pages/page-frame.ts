import { type Html, html } from './html.ts'
import { markPath, stylePath } from './page-assets.ts'

/** What all pages of an instance's own address have around them; the store's shell is not part of it. */
export function pageFrame(page: {
  title: string
  head?: Html
  main: Html
  mainAttributes?: Html
  script?: string
}): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<link rel="icon" href="${markPath}">
<link rel="stylesheet" href="${stylePath}">
${page.head ?? null}${page.script ? html`<script src="${page.script}" defer></script>` : null}
</head>
<body>
<main${page.mainAttributes ?? null}>
${page.main}
</main>
</body>
</html>
`.toString()
}
