import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { AppDetails, Category, Visibility } from '@wave-store/contract'
import { client } from './client.ts'
import { type UploadOptions, uploadBundle } from './upload-bundle.ts'

export interface CatalogFilter {
  search: string
  category: Category | undefined
  /** Id of a tag. */
  tag: string | undefined
}

const pageSize = 60

export const appKeys = {
  all: ['apps'] as const,
  lists: ['apps', 'list'] as const,
  details: (appId: string) => ['apps', 'details', appId] as const,
}

function pagesOfApps(scope: 'catalog' | 'mine', filter: CatalogFilter) {
  return infiniteQueryOptions({
    queryKey: [...appKeys.lists, scope, filter] as const,
    queryFn: ({ pageParam, signal }) =>
      client.listApps({ query: { scope, ...filter, limit: pageSize, offset: pageParam } }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.items.length, 0)
      return last.items.length > 0 && shown < last.total ? shown : undefined
    },
  })
}

export function catalogQuery(filter: CatalogFilter) {
  return pagesOfApps('catalog', filter)
}

export function myAppsQuery() {
  return pagesOfApps('mine', { search: '', category: undefined, tag: undefined })
}

export function appQuery(appId: string) {
  return queryOptions({
    queryKey: appKeys.details(appId),
    queryFn: ({ signal }) => client.getApp({ params: { appId } }, { signal }),
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
