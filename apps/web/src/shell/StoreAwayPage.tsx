import { Spinner } from '@fluentui/react/lib/Spinner'
import { t } from '../i18n/t.ts'
import { FullPage } from './FullPage.tsx'

/** Shown when the very first request fails; goes away by itself, as the session is asked again every two seconds. */
export function StoreAwayPage({ error }: { error: Error }) {
  return (
    <FullPage title={t('The store does not answer')}>
      <p>{error.message}</p>
      <Spinner label={t('Trying again every two seconds')} labelPosition="right" />
    </FullPage>
  )
}
