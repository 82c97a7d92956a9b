import { useQuery } from '@tanstack/react-query'
import type { Failure, Instance } from '@wave-store/contract'
import { Link } from 'react-router'
import { logTailQuery } from '../api/instance-queries.ts'
import { CodeBlock } from '../ui/CodeBlock.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatTime } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { plainText } from './logs/ansi.ts'

const tailLines = 50

/** Why it ended: the cause in a sentence, the exit code, and the last lines for those who may read them. */
export function FailureCard({ instance, failure }: { instance: Instance; failure: Failure }) {
  return (
    <Section title={instance.status === 'FAILED' ? 'It failed' : 'Its last failure'} tone="danger">
      <p>{failure.message}</p>
      <Facts
        facts={[
          ['Reason', <code key="reason">{failure.reason}</code>],
          ['Exit code', failure.exitCode],
          ['When', formatTime(failure.at)],
        ]}
      />
      {instance.can.readLogs && instance.status === 'FAILED' && <LogTail instance={instance} />}
    </Section>
  )
}

function LogTail({ instance }: { instance: Instance }) {
  const tail = useQuery(logTailQuery(instance, tailLines))
  if (tail.isError) return <p>The last lines of its log cannot be read: {tail.error.message}</p>
  if (!tail.data) return null
  return (
    <>
      <p>
        Its last lines, of the <Link to={`/instances/${instance.id}/logs`}>whole log</Link>:
      </p>
      <CodeBlock fromEnd label="Last lines of the log" text={tail.data.map(plainText).join('\n')} />
    </>
  )
}
