import type { Secret } from '@wave-store/contract'
import type { Columns } from '../../output/output.ts'
import { age, instant } from '../../output/times.ts'
import { ownerCell } from '../app/show-app.ts'

const keysCell = ({ keys }: Secret) => keys.map(({ key, isLost }) => (isLost ? `${key} (lost)` : key)).join(',')

/** Values are never among them: nobody reads them again. */
export const secretColumns: Columns<Secret> = [
  ['ID', (secret) => secret.id],
  ['NAME', (secret) => secret.name],
  ['KIND', (secret) => secret.kind],
  ['CREATED', (secret) => age(secret.createdAt)],
  ['APPS', (secret) => String(secret.useCount)],
  ['KEYS', keysCell],
]

export const secretFields: Columns<Secret> = [
  ['ID', (secret) => secret.id],
  ['Name', (secret) => secret.name],
  ['Kind', (secret) => secret.kind],
  ['Owner', ({ owner }) => (owner ? ownerCell(owner) : '')],
  ['Created At', (secret) => instant(secret.createdAt)],
  ['Updated At', (secret) => instant(secret.updatedAt)],
  ['Description', (secret) => secret.description],
  ['For', audienceCell],
  ['Keys', keysCell],
  ['Used By', ({ usedBy, useCount }) => usedByCell(usedBy, useCount)],
]

function audienceCell({ kind, audience, audiencePeople }: Secret): string {
  if (kind === 'own') return 'my apps'
  if (audience === null) return ''
  return audience.kind === 'everyone'
    ? 'everyone'
    : [...audiencePeople.map(({ email, name }) => email || name), ...audience.apps].join(', ')
}

function usedByCell(usedBy: Secret['usedBy'], useCount: number): string {
  const seen = usedBy.map(({ title, version }) => `${title} ${version}`)
  const others = useCount - seen.length
  return [...seen, ...(others > 0 ? [`${others} more`] : [])].join(', ')
}
