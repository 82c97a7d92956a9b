import { useQuery } from '@tanstack/react-query'
import { constraintsQuery } from '../api/environment-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { QueryError } from '../ui/QueryError.tsx'
import { Section } from '../ui/Section.tsx'
import { ConstraintsForm } from './ConstraintsForm.tsx'

export function ConstraintsSection() {
  const constraints = useQuery(constraintsQuery)
  return (
    <Section title={t('Constraints')}>
      <p>
        <T
          text="A pip constraints file that holds for every environment that is built from now on. Lines below <0/> hold only where such a version of that package was chosen."
          parts={{ 0: <code>[name&lt;version]</code> }}
        />
      </p>
      <QueryError query={constraints} />
      {constraints.data && (
        <ConstraintsForm key={constraints.data.updatedAt ?? 'default'} constraints={constraints.data} />
      )}
    </Section>
  )
}
