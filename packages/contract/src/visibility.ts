import { z } from 'zod'

export const visibilities = ['PRIVATE', 'ALL_USERS', 'PUBLIC'] as const
export const visibility = z.enum(visibilities)
/** PRIVATE: the owner. ALL_USERS: everyone with full access. PUBLIC: anyone with the link, where the operator allows it. */
export type Visibility = z.infer<typeof visibility>
