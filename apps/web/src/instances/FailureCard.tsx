import { adviceOn, type Failure, type Instance } from '@wave-store/contract'
import { Link } from 'react-router'
import { CodeBlock } from '../ui/CodeBlock.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatTime } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { plainText } from './logs/ansi.ts'
import { RestartButton } from './RestartButton.tsx'

interface FailureCardProps {
  instance: Pick<Instance, 'id' | 'app' | 'status' | 'volume' | 'resourceVolumeBytes' | 'can'>
  failure: Failure
}

/** Why it ended: the cause in a sentence, what helps, the exit code, and the last lines for those who may read them. */
export function FailureCard({ instance, failure }: FailureCardProps) {
  const isFailed = instance.status === 'FAILED'
  return (
    <Section title={isFailed ? 'It failed' : 'Its last failure'} tone="danger">
      <p>
        <strong>{failure.message}</strong>
      </p>
      <p>{adviceOn(failure.reason).remedy}</p>
      <Facts
        facts={[
          ['Reason', <code key="reason">{failure.reason}</code>],
          ['Exit code', failure.exitCode],
          ['When', formatTime(failure.at)],
        ]}
      />
      {failure.lastLines.length > 0 && <LastLines instance={instance} lines={failure.lastLines} />}
      {isFailed && instance.can.restart && (
        <div>
          <RestartButton instance={instance} primary />
        </div>
      )}
    </Section>
  )
}

function LastLines({ instance, lines }: { instance: Pick<Instance, 'id'>; lines: string[] }) {
  return (
    <>
      <p>
        Its last lines, of the <Link to={`/instances/${instance.id}/logs`}>whole log</Link>:
      </p>
      <CodeBlock fromEnd label="Last lines of the log" text={lines.map(plainText).join('\n')} />
    </>
  )
}
