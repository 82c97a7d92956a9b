import type { Alias } from '@wave-store/contract'
import type { Columns } from '../../output/output.ts'
import { age, instant } from '../../output/times.ts'
import { ownerCell } from '../app/show-app.ts'

const instanceCell = ({ instance }: Alias) => instance?.id ?? ''
const primaryCell = ({ isPrimary }: Alias) => (isPrimary ? 'yes' : 'no')

export const aliasColumns: Columns<Alias> = [
  ['NAME', (alias) => alias.name],
  ['INSTANCE', (alias) => instanceCell(alias) || '-'],
  ['PRIMARY', primaryCell],
  ['OWNER', (alias) => ownerCell(alias.owner)],
  ['CREATED', (alias) => age(alias.createdAt)],
  ['URL', (alias) => alias.url],
]

export const aliasFields: Columns<Alias> = [
  ['Name', (alias) => alias.name],
  ['Instance', instanceCell],
  ['Title', ({ instance }) => (instance ? `${instance.appTitle} ${instance.appVersion}` : '')],
  ['Primary', primaryCell],
  ['Owner', (alias) => ownerCell(alias.owner)],
  ['Created At', (alias) => instant(alias.createdAt)],
  ['URL', (alias) => alias.url],
]
