import type { AppDetails } from '@wave-store/contract'
import { Link } from 'react-router'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'

type Need = AppDetails['secrets'][number]

/** Where the app's owner adds what it asks for. */
export function addressOfNeed({ name, missingKeys }: Need): string {
  return `/secrets?${new URLSearchParams([['name', name], ...missingKeys.map((key) => ['key', key])])}`
}

/** Leads the app's owner to the first secret that is missing; nothing where none is, or somebody else has to add it. */
export function AddSecretLink({ app }: { app: AppDetails }) {
  const { user } = useSession()
  const missing = app.secrets.find(({ found, isOptional }) => found === null && !isOptional)
  if (!missing || user?.id !== app.owner.id) return null
  return <Link to={addressOfNeed(missing)}>{t('Add {name}', { name: missing.name })}</Link>
}
