import type { Secret } from '@wave-store/contract'
import { Link } from 'react-router'
import { t } from '../i18n/t.ts'
import styles from './SecretTable.module.css'

/** Apps that use a secret; those that the reader may not see are counted. */
export function AppsUsing({ secret: { usedBy, useCount } }: { secret: Pick<Secret, 'usedBy' | 'useCount'> }) {
  if (useCount === 0) return <>{t('None')}</>
  const hidden = useCount - usedBy.length
  return (
    <ul className={styles.apps}>
      {usedBy.map(({ appId, title, version }) => (
        <li key={appId}>
          <Link to={`/apps/${appId}/bundle`}>
            <span dir="auto">{title}</span> {version}
          </Link>
        </li>
      ))}
      {hidden > 0 && (
        <li>{usedBy.length > 0 ? t('{hidden} more', { hidden }) : t('{hidden} of others', { hidden })}</li>
      )}
    </ul>
  )
}
