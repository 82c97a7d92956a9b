import { manifestOf } from '../apps/present-app.ts'
import type { InstanceRow } from './repository.ts'

/** Path under which a `BASE_URL` app expects to be reached. */
export function basePathOf(row: Pick<InstanceRow, 'id' | 'manifestJson'>): string {
  return manifestOf(row).runtime.routing === 'BASE_URL' ? `/instance/${row.id}/` : '/'
}
