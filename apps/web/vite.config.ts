import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Copies Fluent's icon fonts to /fonts/, so that no page asks a CDN for them. */
function iconFonts(): Plugin {
  return {
    name: 'icon-fonts',
    generateBundle() {
      const main = createRequire(import.meta.url).resolve('@fluentui/font-icons-mdl2')
      const folder = join(dirname(dirname(main)), 'fonts')
      for (const fileName of readdirSync(folder))
        this.emitFile({ type: 'asset', fileName: `fonts/${fileName}`, source: readFileSync(join(folder, fileName)) })
    },
  }
}

export default defineConfig({
  plugins: [react(), iconFonts()],
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
})
