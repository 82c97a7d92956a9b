import { useQuery } from '@tanstack/react-query'
import type { Instance } from '@wave-store/contract'
import { instanceAliasesQuery, movableAliasesQuery } from '../../api/alias-queries.ts'
import { useSession } from '../../api/session-queries.ts'
import { T } from '../../i18n/T.tsx'
import { t } from '../../i18n/t.ts'
import { PlainLink } from '../../ui/PlainLink.tsx'
import { QueryError } from '../../ui/QueryError.tsx'
import { Section } from '../../ui/Section.tsx'
import { TableSkeleton } from '../../ui/TableSkeleton.tsx'
import { AliasTable } from './AliasTable.tsx'
import { MoveHere } from './MoveHere.tsx'
import { NewAliasForm } from './NewAliasForm.tsx'

/** What an instance is reached by: its names, one of which all its addresses lead to. */
export function AddressSection({ instance }: { instance: Instance }) {
  const { user } = useSession()
  const names = useQuery(instanceAliasesQuery(instance.id))
  const others = useQuery({ ...movableAliasesQuery(instance, user?.id), enabled: instance.can.update })
  return (
    <Section title={t('Address')}>
      <p>
        <T
          text="It is opened at <0>{url}</0>. All its other addresses lead there, its id included."
          values={{ url: instance.url }}
          parts={{ 0: <PlainLink href={instance.url} /> }}
        />
      </p>
      {names.isPending && <TableSkeleton />}
      <QueryError query={names} />
      {names.data && names.data.length > 0 && <AliasTable aliases={names.data} />}
      {instance.can.update && <NewAliasForm instance={instance} />}
      {others.data && others.data.length > 0 && <MoveHere instance={instance} aliases={others.data} />}
    </Section>
  )
}
