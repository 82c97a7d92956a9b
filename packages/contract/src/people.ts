import { z } from 'zod'
import { operation } from './operation.ts'
import { person } from './session.ts'

export const listPeople = operation({
  id: 'person.list',
  summary: 'People who have signed in here, by name; for administrators',
  method: 'GET',
  path: '/api/people',
  scope: 'admin',
  query: z.object({
    /** Words that name or e-mail address hold. */
    search: z.string().max(200).default(''),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  result: z.object({ items: z.array(person) }),
  errors: ['forbidden'],
})
