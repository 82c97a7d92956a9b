import { z } from 'zod'

/** A tag as the apps that bear it show it. */
export const tagSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  /** `#rrggbb`. */
  color: z.string(),
  description: z.string(),
  /** Offered among the categories of the Catalog. */
  isCategory: z.boolean(),
})
export type TagSummary = z.infer<typeof tagSummary>
