import { type CSSProperties, useState } from 'react'
import styles from './AppIcon.module.css'
import { generatedIcon } from './generated-icon.ts'

interface AppIconProps {
  app: { name: string; title: string; iconUrl: string | null }
  sizePx?: number
}

/** An app's icon, or two letters on a colour of its name. Decorative: the title always stands beside it. */
export function AppIcon({ app, sizePx = 48 }: AppIconProps) {
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null)
  const style = { '--size': `${sizePx}px` } as CSSProperties

  if (app.iconUrl && app.iconUrl !== brokenUrl) {
    const { iconUrl } = app
    return <img className={styles.icon} style={style} src={iconUrl} alt="" onError={() => setBrokenUrl(iconUrl)} />
  }
  const { letters, hue } = generatedIcon(app)
  return (
    <span className={styles.letters} style={{ ...style, '--hue': hue } as CSSProperties} aria-hidden="true">
      {letters}
    </span>
  )
}
