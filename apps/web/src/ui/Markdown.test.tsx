import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Markdown } from './Markdown.tsx'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

it('links to the web only, and gives nothing away there', () => {
  expect(html('[docs](https://docs.example.test)')).toContain(
    '<a href="https://docs.example.test" target="_blank" rel="noopener noreferrer nofollow">docs</a>',
  )
  for (const address of [
    'javascript:alert(1)',
    'data:text/html,x',
    '/auth/sign-out',
    '//evil.example.test',
    'JAVASCRIPT:x',
  ])
    expect(html(`[click](${address})`)).not.toContain('<a')
})

it('loads no image', () => {
  const shown = html('![chart](https://img.example.test/x.png) ![](data:image/png;base64,AAAA)')
  expect(shown).not.toContain('<img')
  expect(shown).toContain('>chart</a>')
})

it('drops HTML', () => {
  const shown = html(
    'before <script>alert(1)</script> <b onclick="x()">bold</b>\n\n<iframe src="https://x.test"></iframe>',
  )
  expect(shown).not.toMatch(/<script|<iframe|onclick|<b>/)
  expect(shown).toContain('before')
})

it('puts headings below that of the page, and draws tables', () => {
  const shown = html('# One\n\n### Three\n\n| a | b |\n|---|---|\n| 1 | 2 |')
  expect(shown).toContain('<h2>One</h2>')
  expect(shown).toContain('<h4>Three</h4>')
  expect(html('### Three\n\n#### Four')).toMatch(/<h2>Three<.*<h3>Four</s)
  expect(shown).toContain('<td>2</td>')
})
