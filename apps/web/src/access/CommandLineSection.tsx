import { Shimmer } from '@fluentui/react/lib/Shimmer'
import { useQuery } from '@tanstack/react-query'
import { commandLinePath, type Discovery } from '@wave-store/contract'
import { Link } from 'react-router'
import { discoveryQuery } from '../api/access-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { PlainLink } from '../ui/PlainLink.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { Section } from '../ui/Section.tsx'
import styles from './AccessPage.module.css'

export function CommandLineSection() {
  const discovery = useQuery(discoveryQuery)
  return (
    <Section title={t('Command line')}>
      <p>
        <T
          text="The command line <0/> is one file for Node 20.16 or later: <1>download it</1>, or fetch it in a terminal. Then set it up: it signs you in in this browser, or with a code where there is none."
          parts={{ 0: <code>h2o</code>, 1: <PlainLink href={commandLinePath} /> }}
        />
      </p>
      <QueryError query={discovery} />
      {discovery.isPending && <Shimmer />}
      {discovery.data && <Addresses discovery={discovery.data} />}
      <p>
        <T
          text="Where it asks for a token instead, <0>make one for the command line</0>."
          parts={{ 0: <Link to="/auth/get-token" /> }}
        />
      </p>
    </Section>
  )
}

function Addresses({ discovery: { endpoint, oidc, openApiUrl } }: { discovery: Discovery }) {
  return (
    <>
      <div className={styles.fields}>
        <CopyField label={t('Get it')} value={`curl -fLo h2o ${endpoint}${commandLinePath} && chmod +x h2o`} />
        <CopyField label={t('Set it up')} value={`./h2o config setup --endpoint ${endpoint}`} />
      </div>
      <p>
        <T text="<0/> proposes what this store says of itself:" parts={{ 0: <code>h2o config setup</code> }} />
      </p>
      <div className={styles.fields}>
        <CopyField label={t('Endpoint URL')} value={endpoint} />
        <CopyField label={t('OIDC URL')} value={oidc.issuer} />
        <CopyField label={t('Client ID')} value={oidc.clientId} />
      </div>
      <p>
        <T
          text="Everything that the API takes and answers is described by its <0>OpenAPI document</0>."
          parts={{ 0: <PlainLink href={openApiUrl} target="_blank" rel="noopener" /> }}
        />
      </p>
    </>
  )
}
