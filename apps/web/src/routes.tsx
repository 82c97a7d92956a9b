import { Navigate, type RouteObject } from 'react-router'
import { BrokenPage } from './shell/BrokenPage.tsx'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import { Shell } from './shell/Shell.tsx'
import { SignedOutPage } from './shell/SignedOutPage.tsx'
import { StartPage } from './shell/StartPage.tsx'

export const routes: RouteObject[] = [
  { path: '/signed-out', Component: SignedOutPage },
  {
    Component: Shell,
    HydrateFallback: () => null,
    errorElement: <BrokenPage />,
    children: [
      {
        errorElement: <BrokenPage />,
        children: [
          { index: true, Component: StartPage },
          { path: 'home', lazy: async () => ({ Component: (await import('./home/HomePage.tsx')).HomePage }) },
          {
            path: 'catalog',
            lazy: async () => ({ Component: (await import('./catalog/CatalogPage.tsx')).CatalogPage }),
          },
          { path: 'apps/:appId/:tab?', lazy: async () => ({ Component: (await import('./app/AppPage.tsx')).AppPage }) },
          {
            path: 'instances',
            lazy: async () => ({ Component: (await import('./instances/InstancesPage.tsx')).InstancesPage }),
          },
          {
            path: 'instances/:instanceId/:tab?',
            lazy: async () => ({ Component: (await import('./instances/InstancePage.tsx')).InstancePage }),
          },
          { path: 'my-apps', lazy: async () => ({ Component: (await import('./my-apps/MyAppsPage.tsx')).MyAppsPage }) },
          {
            path: 'secrets',
            lazy: async () => ({ Component: (await import('./secrets/SecretsPage.tsx')).SecretsPage }),
          },
          { path: 'access', lazy: async () => ({ Component: (await import('./access/AccessPage.tsx')).AccessPage }) },
          {
            path: 'activity/:tab?',
            lazy: async () => ({ Component: (await import('./audit/ActivityPage.tsx')).ActivityPage }),
          },
          {
            path: 'auth/get-token',
            lazy: async () => ({ Component: (await import('./access/GetTokenPage.tsx')).GetTokenPage }),
          },
          {
            path: 'admin',
            lazy: async () => ({ Component: (await import('./admin/AdminLayout.tsx')).AdminLayout }),
            children: [
              { index: true, element: <Navigate to="/admin/accounts" replace /> },
              {
                path: 'accounts',
                lazy: async () => ({ Component: (await import('./admin/AccountsPage.tsx')).AccountsPage }),
              },
              {
                path: 'people',
                lazy: async () => ({ Component: (await import('./admin/PeoplePage.tsx')).PeoplePage }),
              },
              {
                path: 'aliases',
                lazy: async () => ({
                  Component: (await import('./instances/aliases/AllAliasesPage.tsx')).AllAliasesPage,
                }),
              },
              {
                path: 'settings',
                lazy: async () => ({ Component: (await import('./admin/settings/SettingsPage.tsx')).SettingsPage }),
              },
              {
                path: 'health',
                lazy: async () => ({ Component: (await import('./admin/HealthPage.tsx')).HealthPage }),
              },
              {
                path: 'clean-up',
                lazy: async () => ({ Component: (await import('./admin/clean-up/CleanUpPage.tsx')).CleanUpPage }),
              },
              {
                path: 'apps',
                lazy: async () => ({ Component: (await import('./my-apps/AllAppsPage.tsx')).AllAppsPage }),
              },
              {
                path: 'instances',
                lazy: async () => ({ Component: (await import('./instances/AllInstancesPage.tsx')).AllInstancesPage }),
              },
              { path: 'tags', lazy: async () => ({ Component: (await import('./admin/TagsPage.tsx')).TagsPage }) },
              {
                path: 'environments',
                lazy: async () => ({ Component: (await import('./admin/EnvironmentsPage.tsx')).EnvironmentsPage }),
              },
              {
                path: 'secrets',
                lazy: async () => ({ Component: (await import('./admin/SecretsAdminPage.tsx')).SecretsAdminPage }),
              },
              { path: 'usage', lazy: async () => ({ Component: (await import('./admin/UsagePage.tsx')).UsagePage }) },
              { path: 'audit', lazy: async () => ({ Component: (await import('./admin/AuditPage.tsx')).AuditPage }) },
            ],
          },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
]
