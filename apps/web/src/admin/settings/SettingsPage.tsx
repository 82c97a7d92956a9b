import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { settingsQuery } from '../../api/administration-queries.ts'
import { T } from '../../i18n/T.tsx'
import { t } from '../../i18n/t.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { QueryError } from '../../ui/QueryError.tsx'
import { Section } from '../../ui/Section.tsx'
import { TableSkeleton } from '../../ui/TableSkeleton.tsx'
import styles from '../AdminPage.module.css'
import { LimitsForm } from './LimitsForm.tsx'
import { NoticesForm } from './NoticesForm.tsx'
import form from './Settings.module.css'

/** What of the operator's configuration can be changed while the store runs. */
export function SettingsPage() {
  const settings = useQuery(settingsQuery)
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Settings')} />
          <p>
            {t('What holds in the whole store. Everything else is the operator’s configuration, read at its start.')}
          </p>
        </div>
      </header>
      <QueryError query={settings} />
      {settings.isPending && <TableSkeleton />}
      {settings.data && (
        <div className={form.sections}>
          <Section title={t('Notices')}>
            <NoticesForm notices={settings.data.settings.notices} />
          </Section>
          <Section title={t('Access, quotas and limits')}>
            <LimitsForm answer={settings.data} />
          </Section>
          <Section title={t('Python packages')}>
            <p>
              <T
                text="The constraints that hold for every environment are edited under <0>Environments</0>."
                parts={{ 0: <Link to="/admin/environments" /> }}
              />
            </p>
          </Section>
        </div>
      )}
    </>
  )
}
