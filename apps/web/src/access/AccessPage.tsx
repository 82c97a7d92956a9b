import { t } from '../i18n/t.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import styles from './AccessPage.module.css'
import { CommandLineSection } from './CommandLineSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'
import { TokensSection } from './TokensSection.tsx'

export function AccessPage() {
  return (
    <>
      <header className={styles.head}>
        <PageTitle title={t('CLI & API access')} />
        <p>{t('How programs act for you, and where you are signed in.')}</p>
      </header>
      <div className={styles.sections}>
        <CommandLineSection />
        <TokensSection />
        <SessionsSection />
      </div>
    </>
  )
}
