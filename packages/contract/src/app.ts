import { z } from 'zod'
import { problemItem } from './errors.ts'
import { instanceStatus } from './instance.ts'
import { operation } from './operation.ts'
import { person } from './session.ts'
import { tagSummary } from './tag-summary.ts'
import { visibility } from './visibility.ts'

/** In the guide's order; `All` is the filter, not a category of an app. */
export const categories = [
  'Data Science',
  'Financial Services',
  'Healthcare',
  'Insurance',
  'Manufacturing',
  'Marketing',
  'Retail',
  'Sales',
  'Telecommunications',
  'Other',
] as const
export const category = z.enum(categories)
export type Category = z.infer<typeof category>

const timestamp = z.iso.datetime()

const instanceOfApp = z.object({ id: z.uuid(), url: z.url(), status: instanceStatus })

/** One name and version. */
export const app = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
  category,
  keywords: z.array(z.string()),
  lifecycle: z.enum(['ON_DEMAND', 'MANAGED', 'LINK']),
  /** Without the address for who has no full access. */
  owner: person,
  visibility,
  /** Empty for who has no full access. */
  tags: z.array(tagSummary),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** Path below the store's origin; null: the bundle has none, draw one from the name. */
  iconUrl: z.string().nullable(),
  /** Where a LINK app leads. */
  linkAddress: z.string().nullable(),
  /** My own instance of this version that has not failed; null: none. */
  myInstance: instanceOfApp.nullable(),
  /** The one that a MANAGED app's owner keeps for all, if I may open it; null: none, or no MANAGED app. */
  sharedInstance: instanceOfApp.nullable(),
  can: z.object({
    launch: z.boolean(),
    update: z.boolean(),
    delete: z.boolean(),
    download: z.boolean(),
    /** Give the name, with every version, to somebody else. */
    transfer: z.boolean(),
  }),
  /** Why `can.launch` is false although the app is visible: what the manifest asks for and this store does not give. Null: no reason but the right. */
  launchRefusal: z.string().nullable(),
})
export type App = z.infer<typeof app>

export const requestedResources = z.object({
  memoryLimitBytes: z.number().nullable(),
  memoryReservationBytes: z.number().nullable(),
  cpuLimitMillis: z.number().nullable(),
  volume: z.object({ path: z.string(), sizeBytes: z.number() }).nullable(),
  resourceVolumeBytes: z.number().nullable(),
  gpuCount: z.number().nullable(),
})
export type RequestedResources = z.infer<typeof requestedResources>

export const appVersion = z.object({
  id: z.uuid(),
  version: z.string(),
  title: z.string(),
  owner: person,
  visibility,
  createdAt: timestamp,
})
export type AppVersion = z.infer<typeof appVersion>

export const appDetails = app.extend({
  /** Markdown of the bundle's LongDescription; to be shown sanitised. */
  longDescription: z.string().nullable(),
  screenshotUrls: z.array(z.string()),
  resources: requestedResources,
  module: z.string().nullable(),
  bundle: z.object({ sizeBytes: z.number(), sha256: z.string() }),
  requirements: z.string().nullable(),
  /** Names of Debian packages that it needs (`packages.txt`). */
  osPackages: z.array(z.string()),
  manifestText: z.string(),
  /** What the manifest asks of secrets; empty for who has no full access. */
  secrets: z.array(
    z.object({
      name: z.string(),
      keys: z.array(z.string()),
      isOptional: z.boolean(),
      /**
       * Whose secret the name means; null: there is none that the app's owner may use, or it lacks a key that the app
       * cannot go without (of an optional one: any that it asks for).
       */
      found: z.enum(['own', 'shared']).nullable(),
      /** Keys that are not there, optional ones too. */
      missingKeys: z.array(z.string()),
    }),
  ),
  /** Versions of the same name that the asker may see, newest first, this one included. */
  versions: z.array(appVersion),
  /** Warnings found at import. */
  warnings: z.array(problemItem),
  /** Instances of this version that stand in the way of deleting it. */
  instanceCount: z.number().int(),
})
export type AppDetails = z.infer<typeof appDetails>

const appParams = z.object({ appId: z.uuid() })

/** `relevance`: how well they fit the search; by title where nothing is searched for. */
export const catalogSorts = ['relevance', 'newest', 'launched', 'title'] as const
export type CatalogSort = (typeof catalogSorts)[number]

const uuids = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(,[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}){0,19}$/i

export const listApps = operation({
  id: 'app.list',
  summary: 'Apps in the Catalog (one per name, its newest listed version), or every version that I own or may launch',
  method: 'GET',
  path: '/api/apps',
  scope: 'read',
  query: z.object({
    /** `available`: my own and the listed ones. `all`: everybody's, for administrators. */
    scope: z.enum(['catalog', 'mine', 'available', 'all']).default('catalog'),
    /** Only versions of this name. */
    name: z.string().max(200).optional(),
    search: z.string().max(200).default(''),
    category: category.optional(),
    /** Ids of tags that the apps bear, all of them; commas between them, 20 at most. */
    tag: z
      .string()
      .regex(uuids, 'Ids of tags with commas between them, 20 at most')
      .transform((ids) => ids.split(','))
      .optional(),
    /** Id of the person whose apps they are. */
    owner: z.uuid().optional(),
    /** Only those that are my own. */
    mine: z.stringbool().default(false),
    /** Only those of which I have an instance that has not failed. */
    running: z.stringbool().default(false),
    sort: z.enum(catalogSorts).default('relevance'),
    limit: z.coerce.number().int().min(1).max(200).default(60),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  result: z.object({
    items: z.array(app),
    total: z.number().int(),
    /** How many apps each category holds under the same scope, search and other filters. */
    categories: z.array(z.object({ category, count: z.number().int() })),
    /** Words that were taken for words of the search, where nothing holds those themselves: for `dashbord`, `dashboard`. */
    alike: z.array(z.string()),
  }),
  errors: ['forbidden'],
  anonymous: true,
})

export const getApp = operation({
  id: 'app.get',
  summary: 'One version of an app with everything known about it',
  method: 'GET',
  path: '/api/apps/:appId',
  scope: 'read',
  params: appParams,
  result: appDetails,
  errors: ['not_found'],
  anonymous: true,
})

/** Media types under which a bundle may be uploaded. */
export const bundleMediaTypes = ['application/zip', 'application/octet-stream', 'application/x-zip-compressed'] as const

export const importApp = operation({
  id: 'app.import',
  summary: 'Imports a bundle, sent as the raw request body; the app is PRIVATE and belongs to the asker',
  method: 'POST',
  path: '/api/apps',
  scope: 'apps',
  body: { bytes: bundleMediaTypes },
  result: appDetails,
  status: 201,
  errors: [
    'forbidden',
    'rate_limited',
    'conflict',
    'invalid_bundle',
    'too_large',
    'unsupported_media_type',
    'upload_incomplete',
    'disk_full',
  ],
})

export const updateApp = operation({
  id: 'app.update',
  summary: 'Changes the visibility of an app; its running instances are left alone',
  method: 'PATCH',
  path: '/api/apps/:appId',
  scope: 'apps',
  params: appParams,
  body: z.strictObject({ visibility }),
  result: appDetails,
  errors: ['not_found', 'forbidden'],
})

export const promoteApp = operation({
  id: 'app.promote',
  summary: 'Gives a version the place in the Catalog of the one that is there, which becomes PRIVATE; forwards or back',
  method: 'POST',
  path: '/api/apps/:appId/promote',
  scope: 'apps',
  params: appParams,
  result: appDetails,
  errors: ['not_found', 'forbidden'],
})

export const transferApp = operation({
  id: 'app.transfer',
  summary: 'Gives the name of an app, with every version of it, to somebody else; for administrators',
  method: 'POST',
  path: '/api/apps/:appId/transfer',
  scope: 'admin',
  params: appParams,
  body: z.strictObject({
    /** A person with full access who has signed in here. */
    ownerId: z.uuid(),
  }),
  result: appDetails,
  errors: ['not_found', 'forbidden'],
})

export const deleteApp = operation({
  id: 'app.delete',
  summary: 'Deletes one version of an app; refused while instances of it exist',
  method: 'DELETE',
  path: '/api/apps/:appId',
  scope: 'apps',
  params: appParams,
  errors: ['not_found', 'forbidden', 'in_use'],
})

export const downloadBundle = operation({
  id: 'app.download',
  summary: 'The bundle, byte for byte as it was imported',
  method: 'GET',
  path: '/api/apps/:appId/bundle',
  scope: 'read',
  params: appParams,
  result: { bytes: ['application/zip'] },
  errors: ['not_found', 'forbidden'],
})

export const appFile = z.object({
  /** Relative to the root of the bundle. */
  path: z.string(),
  kind: z.enum(['file', 'symlink']),
  sizeBytes: z.number(),
  /** Checksum of the content, CRC-32: equal files have equal ones. */
  crc32: z.number().int(),
})
export type AppFile = z.infer<typeof appFile>

export const listAppFiles = operation({
  id: 'app.files',
  summary: 'The files of its bundle, by path; empty for who has no full access',
  method: 'GET',
  path: '/api/apps/:appId/files',
  scope: 'read',
  params: appParams,
  result: z.object({ items: z.array(appFile) }),
  errors: ['not_found'],
  anonymous: true,
})

const uses = {
  launches: z.number().int(),
  /** Who launched it. */
  people: z.number().int(),
  /** How often a process of an instance failed or crashed. */
  failures: z.number().int(),
}

export const getAppStatistics = operation({
  id: 'app.statistics',
  summary: 'How each version of the name is used, newest first; for its owner and administrators',
  method: 'GET',
  path: '/api/apps/:appId/statistics',
  scope: 'read',
  params: appParams,
  result: z.object({
    /** Of all versions, deleted ones excepted; each person once. */
    total: z.object(uses),
    versions: z.array(
      z.object({
        appId: z.uuid(),
        version: z.string(),
        ...uses,
        /** That there are now. */
        instances: z.number().int(),
        /** From the request to the first answer, of its latest 50 starts; null: it never answered. */
        p95StartMs: z.number().nullable(),
      }),
    ),
  }),
  errors: ['not_found', 'forbidden'],
})

export const getAppIcon = operation({
  id: 'app.icon',
  summary: 'The icon',
  method: 'GET',
  path: '/api/apps/:appId/icon',
  scope: 'read',
  params: appParams,
  result: { bytes: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] },
  errors: ['not_found'],
  anonymous: true,
})

export const getAppScreenshot = operation({
  id: 'app.screenshot',
  summary: 'One screenshot, counted from 0',
  method: 'GET',
  path: '/api/apps/:appId/screenshots/:index',
  scope: 'read',
  params: appParams.extend({ index: z.coerce.number().int().min(0) }),
  result: { bytes: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] },
  errors: ['not_found'],
  anonymous: true,
})
