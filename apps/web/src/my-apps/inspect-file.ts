import type { BrowserBundleReport } from '@wave-store/bundle/browser'

export type { BrowserBundleReport }

/** Looks into a bundle by the same rules as the store. What reads archives is loaded only now. */
export async function inspectFile(file: File, settings: { strictVersions: boolean }): Promise<BrowserBundleReport> {
  const [{ inspectBundle }, { defaultManifestRules }] = await Promise.all([
    import('@wave-store/bundle/browser'),
    import('@wave-store/bundle'),
  ])
  return inspectBundle(file, { rules: { ...defaultManifestRules, strictVersions: settings.strictVersions } })
}
