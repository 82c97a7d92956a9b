import type { Manifest } from '@wave-store/bundle'
import type { AppRow } from './repository.ts'

export function manifestOf(row: Pick<AppRow, 'manifestJson'>): Manifest {
  return JSON.parse(row.manifestJson) as Manifest
}
