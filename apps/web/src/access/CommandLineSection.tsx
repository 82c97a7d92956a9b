import { Shimmer } from '@fluentui/react/lib/Shimmer'
import { useQuery } from '@tanstack/react-query'
import { commandLinePath, type Discovery } from '@wave-store/contract'
import { Link } from 'react-router'
import { discoveryQuery } from '../api/access-queries.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { Section } from '../ui/Section.tsx'
import styles from './AccessPage.module.css'

export function CommandLineSection() {
  const discovery = useQuery(discoveryQuery)
  return (
    <Section title="Command line">
      <p>
        The command line <code>h2o</code> is one file for Node 20.16 or later: <a href={commandLinePath}>download it</a>
        , or fetch it in a terminal. Then set it up: it signs you in in this browser, or with a code where there is
        none.
      </p>
      <QueryError query={discovery} />
      {discovery.isPending && <Shimmer />}
      {discovery.data && <Addresses discovery={discovery.data} />}
      <p>
        Where it asks for a token instead, <Link to="/auth/get-token">make one for the command line</Link>.
      </p>
    </Section>
  )
}

function Addresses({ discovery: { endpoint, oidc, openApiUrl } }: { discovery: Discovery }) {
  return (
    <>
      <div className={styles.fields}>
        <CopyField label="Get it" value={`curl -fLo h2o ${endpoint}${commandLinePath} && chmod +x h2o`} />
        <CopyField label="Set it up" value={`./h2o config setup --endpoint ${endpoint}`} />
      </div>
      <p>
        <code>h2o config setup</code> proposes what this store says of itself:
      </p>
      <div className={styles.fields}>
        <CopyField label="Endpoint URL" value={endpoint} />
        <CopyField label="OIDC URL" value={oidc.issuer} />
        <CopyField label="Client ID" value={oidc.clientId} />
      </div>
      <p>
        Everything that the API takes and answers is described by its{' '}
        <a href={openApiUrl} target="_blank" rel="noopener">
          OpenAPI document
        </a>
        .
      </p>
    </>
  )
}
