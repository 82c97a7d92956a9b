import './base.css'
import 'virtual:icon-fonts'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, useRoutes } from 'react-router'
import { createQueryClient } from './api/query-client.ts'
import { routes } from './routes.tsx'
import { PageBoundary } from './shell/BrokenPage.tsx'
import { watchForMissingParts } from './shell/missing-parts.ts'
import { ThemeRoot } from './theme/ThemeRoot.tsx'
import { ToastProvider } from './ui/Toasts.tsx'

watchForMissingParts()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <ThemeRoot>
        <ToastProvider>
          <BrowserRouter>
            <PageBoundary place="">
              <Pages />
            </PageBoundary>
          </BrowserRouter>
        </ToastProvider>
      </ThemeRoot>
    </QueryClientProvider>
  </StrictMode>,
)

function Pages() {
  return useRoutes(routes)
}
