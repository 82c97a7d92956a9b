import { DefaultButton } from '@fluentui/react/lib/Button'
import { urlOf } from '@wave-store/client'
import { type AppDetails, operations } from '@wave-store/contract'
import { useSession } from '../api/session-queries.ts'
import { CodeBlock } from '../ui/CodeBlock.tsx'
import { CopyField } from '../ui/CopyField.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatBytes, formatTime } from '../ui/format.ts'
import { ProblemList } from '../ui/ProblemList.tsx'
import { resourceFacts } from '../ui/resource-facts.ts'
import { Section } from '../ui/Section.tsx'
import styles from './BundleTab.module.css'
import { FilesSection } from './FilesSection.tsx'
import { SecretList } from './SecretList.tsx'

export function BundleTab({ app }: { app: AppDetails }) {
  const { can } = useSession()
  const resources = resourceFacts(app.resources)
  const asksForNothing = resources.every(([, value]) => value === null)
  return (
    <div className={styles.bundle}>
      <Section title="File">
        <Facts
          facts={[
            ['Name and version', `${app.name} ${app.version}`],
            ['Module', app.module && <code>{app.module}</code>],
            ['Imported', formatTime(app.createdAt)],
            ['Size', formatBytes(app.bundle.sizeBytes)],
            ['SHA-256', <code key="sha256">{app.bundle.sha256}</code>],
          ]}
        />
        <CopyField label="App ID" value={app.id} />
        {app.can.download && (
          <div>
            <DefaultButton
              href={urlOf(operations.downloadBundle, { params: { appId: app.id } })}
              download
              iconProps={{ iconName: 'Download' }}
            >
              Download bundle
            </DefaultButton>
          </div>
        )}
      </Section>
      <Section title="Requested resources">
        {asksForNothing ? (
          <p>It asks for nothing in particular and gets the store's defaults.</p>
        ) : (
          <Facts facts={resources} />
        )}
      </Section>
      {app.warnings.length > 0 && (
        <Section title="Warnings at import">
          <ProblemList problems={app.warnings} />
        </Section>
      )}
      {app.secrets.length > 0 && (
        <Section title="Secrets it needs">
          <SecretList app={app} />
        </Section>
      )}
      {can.seeTags && <FilesSection appId={app.id} />}
      <Section title="app.toml">
        <CodeBlock label="Text of app.toml" text={app.manifestText} />
      </Section>
      <Section title="Requirements">
        {app.requirements?.trim() ? (
          <CodeBlock label="Text of requirements.txt" text={app.requirements} />
        ) : (
          <p>It needs no Python package besides the standard library.</p>
        )}
      </Section>
    </div>
  )
}
