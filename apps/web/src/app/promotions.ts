import type { AppVersion } from '@wave-store/contract'

/** A version that can take the place in the Catalog. */
export interface Promotion {
  to: AppVersion
  /** What is in the Catalog until then. */
  from: AppVersion | undefined
  /** To an older one. */
  isBack: boolean
}

/**
 * Which version is in the Catalog, and by id what each of the others would take its place.
 *
 * @param versions newest first
 */
export function promotionsOf(versions: AppVersion[]): {
  listed: AppVersion | undefined
  promotions: Map<string, Promotion>
} {
  const listed = versions.find(({ visibility }) => visibility !== 'PRIVATE')
  const place = listed ? versions.indexOf(listed) : versions.length
  const promotions = versions.flatMap((to, index): [string, Promotion][] =>
    to === listed ? [] : [[to.id, { to, from: listed, isBack: index > place }]],
  )
  return { listed, promotions: new Map(promotions) }
}
