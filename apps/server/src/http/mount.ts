import { isBytes, type Operation, type OperationAnswer, type ParsedInput, type ProblemItem } from '@wave-store/contract'
import type { Request, Response, Router } from 'express'
import type { z } from 'zod'
import type { Actor, Reader } from '../actor.ts'
import { AppError, unauthenticated } from '../app-error.ts'
import { type Append, Recorder } from '../audit/recorder.ts'
import { type Caller, requireScope } from '../auth/authenticate.ts'

export interface Call<O extends Operation> extends ParsedInput<O> {
  actor: O['anonymous'] extends true ? Reader : Actor
  /** See `Caller`. */
  again: Caller['again']
  /** What the audit log tells of the call. */
  audit: Recorder
  request: Request
  response: Response
}

/** Who comes by a way on which nobody is known. */
const nobody: Caller = { actor: null, via: '', scopes: null, again: async () => null }

/**
 * Puts an operation of the contract on the router: parses what comes in and reports all that is wrong with it, runs the
 * handler, parses what goes out. What is recorded of the call is written before it is answered. Handlers of operations
 * that answer bytes write the response themselves.
 */
export function mount<const O extends Operation>(
  router: Router,
  operation: O,
  handler: (call: Call<O>) => Promise<OperationAnswer<O>>,
): void {
  const method = operation.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete'
  router[method](operation.path, async (request: Request, response: Response) => {
    const caller = (response.locals.caller ?? nobody) as Caller
    const { actor, again } = caller
    if (!actor && !operation.anonymous) throw unauthenticated()
    const append = response.locals.record as Append
    const audit = new Recorder({ operation, caller, params: request.params, append })
    try {
      requireScope(caller, operation.scope)
      const parsed = parse(operation, request) as ParsedInput<O>
      const answer = await handler({ ...parsed, actor: actor as Call<O>['actor'], again, audit, request, response })
      if (isBytes(operation.result)) return
      const result = operation.result?.parse(answer)
      await audit.done()
      if (operation.result) response.status(operation.status ?? 200).json(result)
      else response.status(204).end()
    } catch (cause) {
      // Nothing was done; what stood in the way is told, whether or not it could be written down.
      await audit.failed(cause).catch(() => undefined)
      throw cause
    }
  })
}

function parse(operation: Operation, request: Request) {
  const problems: ProblemItem[] = []
  const read = (place: string, schema: z.ZodType | undefined, value: unknown): unknown => {
    if (!schema) return undefined
    const result = schema.safeParse(value)
    if (result.success) return result.data
    problems.push(...result.error.issues.map((issue) => problemOf(place, issue)))
    return undefined
  }
  const parsed = {
    params: read('path', operation.params, request.params) ?? {},
    query: read('query', operation.query, request.query) ?? {},
    body: isBytes(operation.body) ? undefined : read('body', operation.body, request.body),
  }
  if (problems.length > 0) throw new AppError('invalid_request', explain(problems), { problems })
  return parsed
}

function problemOf(place: string, issue: z.core.$ZodIssue): ProblemItem {
  const entry = [place, ...issue.path.map(String)].join('.')
  return { severity: 'error', code: issue.code, message: issue.message, place: { entry } }
}

function explain(problems: ProblemItem[]): string {
  return problems.map((problem) => `${problem.place.entry}: ${problem.message}`).join('; ')
}
