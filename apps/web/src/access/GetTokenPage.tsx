import { PrimaryButton } from '@fluentui/react/lib/Button'
import { Link } from 'react-router'
import { type NewToken, useCreateToken } from '../api/access-queries.ts'
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
        <PageTitle title="Token for the command line" />
        <p>For a command line that asks you for a token because it cannot open a browser.</p>
      </header>
      <Section title={creation.data ? 'Your token' : 'Make a token'}>
        {creation.data ? (
          <>
            <TokenSecret {...creation.data} />
            <p>
              Paste it where the command line asks for it, and press Enter. To replace a token there later:{' '}
              <code>h2o config update-token</code>.
            </p>
          </>
        ) : (
          <>
            <p>
              It can look at what you see, and change your apps and instances, for {lifetimeDays} days. Nothing is made
              before you press the button.
            </p>
            {creation.error && <ErrorMessage error={creation.error} />}
            <div>
              <PrimaryButton
                iconProps={{ iconName: 'Permissions' }}
                disabled={creation.isPending}
                onClick={() => creation.mutate(tokenForCommandLine(new Date()))}
              >
                Make a token
              </PrimaryButton>
            </div>
          </>
        )}
        <p>
          All your tokens stand under <Link to="/access">CLI & API access</Link>, where they are revoked.
        </p>
      </Section>
    </>
  )
}
