import { DefaultButton } from '@fluentui/react/lib/Button'
import { urlOf } from '@wave-store/client'
import { type AppDetails, operations } from '@wave-store/contract'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
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
      <Section title={t('File')}>
        <Facts
          facts={[
            [t('Name and version'), t('{name} {version}', { name: app.name, version: app.version })],
            [t('Module'), app.module && <code>{app.module}</code>],
            [t('Imported'), formatTime(app.createdAt)],
            [t('Size'), formatBytes(app.bundle.sizeBytes)],
            [t('SHA-256'), <code key="sha256">{app.bundle.sha256}</code>],
          ]}
        />
        <CopyField label={t('App ID')} value={app.id} />
        {app.can.download && (
          <div>
            <DefaultButton
              href={urlOf(operations.downloadBundle, { params: { appId: app.id } })}
              download
              iconProps={{ iconName: 'Download' }}
            >
              {t('Download bundle')}
            </DefaultButton>
          </div>
        )}
      </Section>
      <Section title={t('Requested resources')}>
        {asksForNothing ? (
          <p>{t("It asks for nothing in particular and gets the store's defaults.")}</p>
        ) : (
          <Facts facts={resources} />
        )}
      </Section>
      {app.warnings.length > 0 && (
        <Section title={t('Warnings at import')}>
          <ProblemList problems={app.warnings} />
        </Section>
      )}
      {app.secrets.length > 0 && (
        <Section title={t('Secrets it needs')}>
          <SecretList app={app} />
        </Section>
      )}
      {can.seeTags && <FilesSection appId={app.id} />}
      <Section title="app.toml">
        <CodeBlock label={t('Text of app.toml')} text={app.manifestText} />
      </Section>
      <Section title={t('Requirements')}>
        {app.requirements?.trim() ? (
          <CodeBlock label={t('Text of requirements.txt')} text={app.requirements} />
        ) : (
          <p>{t('It needs no Python package besides the standard library.')}</p>
        )}
      </Section>
    </div>
  )
}
