import { useQuery } from '@tanstack/react-query'
import type { AppDetails, AppVersion } from '@wave-store/contract'
import { appFilesQuery, appQuery } from '../api/app-queries.ts'
import { t } from '../i18n/t.ts'
import { Chip } from '../ui/Chip.tsx'
import { formatBytes, formatCount } from '../ui/format.ts'
import { QueryError } from '../ui/QueryError.tsx'
import { Section } from '../ui/Section.tsx'
import { Table } from '../ui/Table.tsx'
import { compareFiles, type FileChange } from './compare-files.ts'
import { TextDiff } from './TextDiff.tsx'

/** What became different from one version to another: manifest, requirements and files. */
export function CompareSection({ from, to }: { from: AppVersion; to: AppVersion }) {
  const [before, after] = [useQuery(appQuery(from.id)), useQuery(appQuery(to.id))]
  const [filesBefore, filesAfter] = [useQuery(appFilesQuery(from.id)), useQuery(appFilesQuery(to.id))]
  const failed = [before, after, filesBefore, filesAfter].find(({ error }) => error !== null)
  return (
    <Section title={t('From {version} to {version2}', { version: from.version, version2: to.version })}>
      {failed && <QueryError query={failed} />}
      {before.data && after.data && <Texts before={before.data} after={after.data} />}
      {filesBefore.data && filesAfter.data && (
        <Files changes={compareFiles(filesBefore.data.items, filesAfter.data.items)} />
      )}
    </Section>
  )
}

function Texts({ before, after }: { before: AppDetails; after: AppDetails }) {
  return (
    <>
      <h3>{t('app.toml')}</h3>
      <TextDiff label={t('Changes of app.toml')} before={before.manifestText} after={after.manifestText} />
      <h3>{t('Requirements')}</h3>
      <TextDiff
        label={t('Changes of requirements.txt')}
        before={before.requirements ?? ''}
        after={after.requirements ?? ''}
      />
    </>
  )
}

const tones = { added: 'success', removed: 'danger', changed: 'neutral' } as const
const words = { added: t('Added'), removed: t('Removed'), changed: t('Changed') }
const mostShown = 500

function Files({ changes }: { changes: FileChange[] }) {
  const hidden = changes.length - mostShown
  return (
    <>
      <h3>{t('Files')}</h3>
      {changes.length === 0 ? (
        <p>{t('The same files, byte for byte.')}</p>
      ) : (
        <Table label={t('Changes of files')} columns={[t('File'), t('Change'), t('Size')]}>
          {changes.slice(0, mostShown).map((change) => (
            <tr key={change.path}>
              <td dir="auto">{change.path}</td>
              <td data-label={t('Change')}>
                <Chip tone={tones[change.kind]}>{words[change.kind]}</Chip>
              </td>
              <td data-label={t('Size')}>{sizeOf(change)}</td>
            </tr>
          ))}
        </Table>
      )}
      {hidden > 0 && <p>{t('{hidden} not shown.', { hidden: formatCount(hidden, 'more change') })}</p>}
    </>
  )
}

function sizeOf(change: FileChange): string {
  const size = formatBytes(change.sizeBytes)
  return change.kind === 'changed' && change.sizeBefore !== change.sizeBytes
    ? `${formatBytes(change.sizeBefore)} → ${size}`
    : size
}
