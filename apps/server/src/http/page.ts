import { fileURLToPath } from 'node:url'
import express, { type RequestHandler } from 'express'

const assetsPath = '/page-assets'

/** What the small pages look like. */
export function pageAssets(): [string, RequestHandler] {
  return [assetsPath, express.static(fileURLToPath(new URL('./assets', import.meta.url)), { maxAge: '1h' })]
}

/** A small page of the store that needs no script. `body` is HTML; escape what is not. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.escape(title)} · Wave App Store</title>
<link rel="stylesheet" href="${assetsPath}/page.css">
</head>
<body>
<main>
<p class="product">Wave App Store</p>
<h1>${page.escape(title)}</h1>
${body}
</main>
</body>
</html>
`
}

page.escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
