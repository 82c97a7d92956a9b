import { z } from 'zod'

/** Every way a request can fail, with the HTTP status that stands for it. Callers branch on the code, never on text. */
export const errorStatus = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  in_use: 409,
  upload_incomplete: 400,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_bundle: 422,
  cannot_launch: 422,
  quota_exceeded: 429,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
  disk_full: 507,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof errorStatus
export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]

/** One thing that is wrong, where it stands, and what to do about it. */
export const problemItem = z.object({
  severity: z.enum(['error', 'warning']),
  /** Stable name of the rule, such as `manifest_missing`. */
  code: z.string(),
  message: z.string(),
  place: z.object({
    /** Path of the archive's entry, or of the field in a request. */
    entry: z.string().optional(),
    table: z.string().optional(),
    key: z.string().optional(),
    /** 1-based. */
    line: z.number().int().optional(),
    column: z.number().int().optional(),
  }),
})
export type ProblemItem = z.infer<typeof problemItem>

/** Problem details (RFC 9457) as every failed request answers them. */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(errorCodes),
  detail: z.string(),
  /** Appears in the server's log beside the cause. */
  requestId: z.string(),
  problems: z.array(problemItem),
})
export type ProblemDetails = z.infer<typeof problemDetails>
