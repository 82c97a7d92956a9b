import type { Addresses } from './destination.ts'

/** The store's own page of an instance, where everything is done to it. */
export function storePageOf({ publicUrl }: Pick<Addresses, 'publicUrl'>, { id }: { id: string }): string {
  return new URL(`/instances/${encodeURIComponent(id)}`, publicUrl).href
}
