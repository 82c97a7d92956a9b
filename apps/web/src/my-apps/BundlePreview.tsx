import { useEffect, useState } from 'react'
import { t } from '../i18n/t.ts'
import { AppIcon } from '../ui/AppIcon.tsx'
import { Chip } from '../ui/Chip.tsx'
import { formatBytes } from '../ui/format.ts'
import styles from './BundlePreview.module.css'
import type { BrowserBundleReport } from './inspect-file.ts'

/** An address for a blob, for as long as it is shown. */
function useObjectUrl(blob: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!blob) return
    const created = URL.createObjectURL(blob)
    setUrl(created)
    return () => {
      URL.revokeObjectURL(created)
      setUrl(null)
    }
  }, [blob])
  return url
}

/** The app as the Catalog would show it, or only the file where nothing could be read. */
export function BundlePreview({ file, report }: { file: File; report: BrowserBundleReport }) {
  const iconUrl = useObjectUrl(report.iconBlob)
  const app = report.manifest?.app
  const title = app?.title || app?.name || file.name
  return (
    <div className={styles.preview}>
      <AppIcon app={{ name: app?.name || file.name, title, iconUrl }} sizePx={64} />
      <div className={styles.words}>
        <h2 dir="auto">{title}</h2>
        <p>
          {[
            app?.name && t('{name} {version}', { name: app.name, version: app.version }),
            app && file.name,
            formatBytes(file.size),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {app?.description && <p dir="auto">{app.description}</p>}
        {app && (
          <div className={styles.chips}>
            <Chip tone="accent">{app.category}</Chip>
            {report.screenshots.length > 0 && (
              <Chip>
                {report.screenshots.length} {report.screenshots.length === 1 ? 'screenshot' : 'screenshots'}
              </Chip>
            )}
          </div>
        )}
      </div>
    </div>
  )
}
