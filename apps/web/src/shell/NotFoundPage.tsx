import { t } from '../i18n/t.ts'
import { NotFound } from '../ui/NotFound.tsx'

export function NotFoundPage() {
  return <NotFound title={t('Page not found')}>{t('There is no page at this address.')}</NotFound>
}
