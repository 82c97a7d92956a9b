import { PrimaryButton } from '@fluentui/react/lib/Button'
import { Link } from 'react-router'
import { type NewToken, useCreateToken } from '../api/access-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { ErrorMessage } from '../ui/ErrorMessage.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { Section } from '../ui/Section.tsx'
import styles from './AccessPage.module.css'
import { TokenSecret } from './TokenSecret.tsx'

const lifetimeDays = 30

function tokenForCommandLine(now: Date): NewToken {
  const date = now.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  return { name: `Command line, ${date}`, scopes: ['read', 'apps', 'instances'], expiresInDays: lifetimeDays }
}

/** For whose command line asks for a token because it cannot sign in by itself. */
export function GetTokenPage() {
  const creation = useCreateToken()
  return (
    <>
      <header className={styles.head}>
        <PageTitle title={t('Token for the command line')} />
        <p>{t('For a command line that asks you for a token because it cannot open a browser.')}</p>
      </header>
      <Section title={creation.data ? t('Your token') : t('Make a token')}>
        {creation.data ? (
          <>
            <TokenSecret {...creation.data} />
            <p>
              <T
                text="Paste it where the command line asks for it, and press Enter. To replace a token there later: <0/>."
                parts={{ 0: <code>h2o config update-token</code> }}
              />
            </p>
          </>
        ) : (
          <>
            <p>
              {t(
                'It can look at what you see, and change your apps and instances, for {lifetimeDays} days. Nothing is made before you press the button.',
                { lifetimeDays },
              )}
            </p>
            {creation.error && <ErrorMessage error={creation.error} />}
            <div>
              <PrimaryButton
                iconProps={{ iconName: 'Permissions' }}
                disabled={creation.isPending}
                onClick={() => creation.mutate(tokenForCommandLine(new Date()))}
              >
                {t('Make a token')}
              </PrimaryButton>
            </div>
          </>
        )}
        <p>
          <T
            text="All your tokens stand under <0>CLI & API access</0>, where they are revoked."
            parts={{ 0: <Link to="/access" /> }}
          />
        </p>
      </Section>
    </>
  )
}
