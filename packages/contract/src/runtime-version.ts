import { z } from 'zod'
import { operation } from './operation.ts'

export const listRuntimeVersions = operation({
  id: 'runtime-version.list',
  summary: 'Versions of Python that apps can have here, the default first',
  method: 'GET',
  path: '/api/runtime-versions',
  scope: 'read',
  result: z.object({
    items: z.array(
      z.object({
        /** Such as `3.11`. */
        name: z.string(),
        /** What an app gets whose manifest asks for none, or for one that is not here. */
        isDefault: z.boolean(),
      }),
    ),
  }),
  errors: [],
})
