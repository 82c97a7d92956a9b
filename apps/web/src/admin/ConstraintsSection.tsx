import { useQuery } from '@tanstack/react-query'
import { constraintsQuery } from '../api/environment-queries.ts'
import { QueryError } from '../ui/QueryError.tsx'
import { Section } from '../ui/Section.tsx'
import { ConstraintsForm } from './ConstraintsForm.tsx'

export function ConstraintsSection() {
  const constraints = useQuery(constraintsQuery)
  return (
    <Section title="Constraints">
      <p>
        A pip constraints file that holds for every environment that is built from now on. Lines below{' '}
        <code>[name&lt;version]</code> hold only where such a version of that package was chosen.
      </p>
      <QueryError query={constraints} />
      {constraints.data && (
        <ConstraintsForm key={constraints.data.updatedAt ?? 'default'} constraints={constraints.data} />
      )}
    </Section>
  )
}
