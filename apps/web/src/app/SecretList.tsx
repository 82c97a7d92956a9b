import type { AppDetails } from '@wave-store/contract'
import { Link } from 'react-router'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { Chip, type ChipTone } from '../ui/Chip.tsx'
import { addressOfNeed } from './AddSecretLink.tsx'
import styles from './SecretList.module.css'

type Need = AppDetails['secrets'][number]

/** What the manifest asks of secrets, and whether it is there. */
export function SecretList({ app }: { app: AppDetails }) {
  const { user } = useSession()
  const isMine = user?.id === app.owner.id
  return (
    <ul className={styles.needs}>
      {app.secrets.map((need) => {
        const { label, tone, iconName } = stateOf(need)
        return (
          <li key={need.name} className={styles.need}>
            <div className={styles.words}>
              <code>{need.name}</code>
              <span className={styles.keys}>
                {need.keys
                  .map((key) => (need.missingKeys.includes(key) ? t('{key} (missing)', { key }) : key))
                  .join(', ')}
              </span>
            </div>
            <Chip tone={tone} iconName={iconName}>
              {label}
            </Chip>
            {isMine && need.missingKeys.length > 0 && (
              <Link to={addressOfNeed(need)} aria-label={t('Add what is missing of {name}', { name: need.name })}>
                {t('Add it')}
              </Link>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function stateOf({ found, isOptional }: Need): { label: string; tone: ChipTone; iconName: string } {
  if (found === 'own') return { label: t('The owner’s own'), tone: 'success', iconName: 'Completed' }
  if (found === 'shared') return { label: t('Shared'), tone: 'success', iconName: 'Completed' }
  if (isOptional) return { label: t('Missing, optional'), tone: 'neutral', iconName: 'Info' }
  return { label: t('Missing'), tone: 'warning', iconName: 'Warning' }
}
