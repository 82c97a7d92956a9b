import './base.css'
import { initializeIcons } from '@fluentui/react/lib/Icons'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from './api/query-client.ts'
import { routes } from './routes.tsx'
import { watchForMissingParts } from './shell/missing-parts.ts'
import { ThemeRoot } from './theme/ThemeRoot.tsx'
import { ToastProvider } from './ui/Toasts.tsx'

initializeIcons('/fonts/')
watchForMissingParts()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <ThemeRoot>
        <ToastProvider>
          <RouterProvider router={createBrowserRouter(routes)} />
        </ToastProvider>
      </ThemeRoot>
    </QueryClientProvider>
  </StrictMode>,
)
