import { type ComponentType, lazy, type ReactNode } from 'react'
import { Navigate, type RouteObject } from 'react-router'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import { Shell } from './shell/Shell.tsx'
import { SignedOutPage } from './shell/SignedOutPage.tsx'
import { StartPage } from './shell/StartPage.tsx'

/** A page whose code comes when it is gone to. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): ReactNode {
  const Page = lazy(async () => ({ default: (await load())[name] as ComponentType }))
  return <Page />
}

export const routes: RouteObject[] = [
  { path: '/signed-out', element: <SignedOutPage /> },
  {
    element: <Shell />,
    children: [
      { index: true, element: <StartPage /> },
      { path: 'home', element: page(() => import('./home/HomePage.tsx'), 'HomePage') },
      { path: 'catalog', element: page(() => import('./catalog/CatalogPage.tsx'), 'CatalogPage') },
      { path: 'apps/:appId/:tab?', element: page(() => import('./app/AppPage.tsx'), 'AppPage') },
      { path: 'instances', element: page(() => import('./instances/InstancesPage.tsx'), 'InstancesPage') },
      {
        path: 'instances/:instanceId/:tab?',
        element: page(() => import('./instances/InstancePage.tsx'), 'InstancePage'),
      },
      { path: 'my-apps', element: page(() => import('./my-apps/MyAppsPage.tsx'), 'MyAppsPage') },
      { path: 'secrets', element: page(() => import('./secrets/SecretsPage.tsx'), 'SecretsPage') },
      { path: 'access', element: page(() => import('./access/AccessPage.tsx'), 'AccessPage') },
      { path: 'activity/:tab?', element: page(() => import('./audit/ActivityPage.tsx'), 'ActivityPage') },
      { path: 'auth/get-token', element: page(() => import('./access/GetTokenPage.tsx'), 'GetTokenPage') },
      {
        path: 'admin',
        element: page(() => import('./admin/AdminLayout.tsx'), 'AdminLayout'),
        children: [
          { index: true, element: <Navigate to="/admin/people" replace /> },
          { path: 'people', element: page(() => import('./admin/PeoplePage.tsx'), 'PeoplePage') },
          { path: 'accounts', element: page(() => import('./admin/AccountsPage.tsx'), 'AccountsPage') },
          { path: 'apps', element: page(() => import('./my-apps/AllAppsPage.tsx'), 'AllAppsPage') },
          { path: 'instances', element: page(() => import('./instances/AllInstancesPage.tsx'), 'AllInstancesPage') },
          { path: 'aliases', element: page(() => import('./instances/aliases/AllAliasesPage.tsx'), 'AllAliasesPage') },
          { path: 'tags', element: page(() => import('./admin/TagsPage.tsx'), 'TagsPage') },
          { path: 'usage', element: page(() => import('./admin/UsagePage.tsx'), 'UsagePage') },
          { path: 'environments', element: page(() => import('./admin/EnvironmentsPage.tsx'), 'EnvironmentsPage') },
          { path: 'secrets', element: page(() => import('./admin/SecretsAdminPage.tsx'), 'SecretsAdminPage') },
          { path: 'settings', element: page(() => import('./admin/settings/SettingsPage.tsx'), 'SettingsPage') },
          { path: 'health', element: page(() => import('./admin/HealthPage.tsx'), 'HealthPage') },
          { path: 'clean-up', element: page(() => import('./admin/clean-up/CleanUpPage.tsx'), 'CleanUpPage') },
          { path: 'audit', element: page(() => import('./admin/AuditPage.tsx'), 'AuditPage') },
        ],
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]
