import { infiniteQueryOptions, queryOptions, useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import type { App, AppDetails, CatalogSort, Category, Visibility } from '@wave-store/contract'
import { client } from './client.ts'
import { nextOffset } from './pages.ts'
import { type UploadOptions, uploadBundle } from './upload-bundle.ts'

export interface CatalogFilter {
  search: string
  category: Category | undefined
  /** Ids. */
  tags: string[]
  /** Id of the person whose apps they are. */
  owner: string | undefined
  /** Only my own. */
  mine: boolean
  /** Only those of which I have an instance. */
  running: boolean
  /** Undefined: how well they fit the search, and by title where nothing is searched for. */
  sort: CatalogSort | undefined
}

const pageSize = 60

export const appKeys = {
  all: ['apps'] as const,
  lists: ['apps', 'list'] as const,
  details: (appId: string) => ['apps', 'details', appId] as const,
}

type AppQuery = NonNullable<Parameters<typeof client.listApps>[0]>['query']

function pagesOfApps(query: AppQuery) {
  return infiniteQueryOptions({
    queryKey: [...appKeys.lists, query] as const,
    queryFn: ({ pageParam, signal }) =>
      client.listApps({ query: { ...query, limit: pageSize, offset: pageParam } }, { signal }),
    initialPageParam: 0,
    getNextPageParam: nextOffset,
  })
}

/** A page of the Catalog, counted from 0. Each says how many apps there are in all, so that any can be the next. */
export function catalogQuery({ tags, mine, running, ...filter }: CatalogFilter, page = 0) {
  const query = {
    ...filter,
    tag: tags.length > 0 ? tags.join(',') : undefined,
    ...(mine && { mine: 'true' as const }),
    ...(running && { running: 'true' as const }),
    limit: pageSize,
    offset: page * pageSize,
  }
  return queryOptions({
    queryKey: [...appKeys.lists, 'catalog', query] as const,
    queryFn: ({ signal }) => client.listApps({ query }, { signal }),
  })
}

/** The apps of the Catalog at some places; those that are on their way are not there yet. */
export function useCatalogApps(filter: CatalogFilter, places: number[]) {
  const pageOf = (place: number) => Math.floor(place / pageSize)
  const pages = [...new Set(places.map(pageOf))]
  return useQueries({
    queries: pages.map((page) => catalogQuery(filter, page)),
    combine: (found) => ({
      appAt: (place: number): App | undefined => found[pages.indexOf(pageOf(place))]?.data?.items[place % pageSize],
      failed: found.find(({ error }) => error),
    }),
  })
}

export function myAppsQuery() {
  return pagesOfApps({ scope: 'mine' })
}

const brief = 6

/** What came into the Catalog last. */
export const newestAppsQuery = queryOptions({
  queryKey: [...appKeys.lists, 'newest'] as const,
  queryFn: async ({ signal }) => (await client.listApps({ query: { sort: 'newest', limit: brief } }, { signal })).items,
})

/** The first apps of the Catalog that a search finds. */
export function appsFoundQuery(search: string) {
  return queryOptions({
    queryKey: [...appKeys.lists, 'found', search] as const,
    queryFn: async ({ signal }) => (await client.listApps({ query: { search, limit: brief } }, { signal })).items,
  })
}

/** The first versions that bear a tag: of everybody's apps for administrators, else of those that I see. */
export function appsTaggedQuery(tagId: string, { isAdmin }: { isAdmin: boolean }) {
  const query = { scope: isAdmin ? ('all' as const) : ('available' as const), tag: tagId, limit: brief }
  return queryOptions({
    queryKey: [...appKeys.lists, 'tagged', query] as const,
    queryFn: ({ signal }) => client.listApps({ query }, { signal }),
  })
}

/** Every version of everybody's apps; for administrators. */
export function allAppsQuery(search: string) {
  return pagesOfApps({ scope: 'all', ...(search && { search }) })
}

export function appQuery(appId: string) {
  return queryOptions({
    queryKey: appKeys.details(appId),
    queryFn: ({ signal }) => client.getApp({ params: { appId } }, { signal }),
  })
}

/** How its versions are used; for its owner and administrators. */
export function appStatisticsQuery(appId: string) {
  return queryOptions({
    queryKey: [...appKeys.details(appId), 'statistics'] as const,
    queryFn: ({ signal }) => client.getAppStatistics({ params: { appId } }, { signal }),
  })
}

/** A bundle never changes. */
export function appFilesQuery(appId: string) {
  return queryOptions({
    queryKey: [...appKeys.details(appId), 'files'] as const,
    queryFn: ({ signal }) => client.listAppFiles({ params: { appId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Takes what a change answered with for what the app is now; other versions and lists may have changed with it. */
function useKeepApp() {
  const queryClient = useQueryClient()
  return (app: AppDetails) => {
    queryClient.setQueryData(appKeys.details(app.id), app)
    void queryClient.invalidateQueries({ queryKey: appKeys.all })
  }
}

export function useImportApp() {
  const onSuccess = useKeepApp()
  return useMutation({
    mutationFn: ({ file, ...options }: UploadOptions & { file: Blob }) => uploadBundle(file, options),
    onSuccess,
  })
}

export function useUpdateApp(appId: string) {
  const onSuccess = useKeepApp()
  return useMutation({
    mutationFn: (visibility: Visibility) => client.updateApp({ params: { appId }, body: { visibility } }),
    onSuccess,
  })
}

/** Of any version of the name. */
export function usePromoteApp() {
  const onSuccess = useKeepApp()
  return useMutation({
    mutationFn: (appId: string) => client.promoteApp({ params: { appId } }),
    onSuccess,
  })
}

/** With every version of the name; for administrators. */
export function useTransferApp(appId: string) {
  const onSuccess = useKeepApp()
  return useMutation({
    mutationFn: (ownerId: string) => client.transferApp({ params: { appId }, body: { ownerId } }),
    onSuccess,
  })
}

export function useDeleteApp(appId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => client.deleteApp({ params: { appId } }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: appKeys.lists })
      queryClient.removeQueries({ queryKey: appKeys.details(appId), type: 'inactive' })
    },
  })
}
