import { adviceOn, type Failure, type Instance } from '@wave-store/contract'
import { Link } from 'react-router'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
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
    <Section title={isFailed ? t('It failed') : t('Its last failure')} tone="danger">
      <p>
        <strong>{failure.message}</strong>
      </p>
      <p>{adviceOn(failure.reason).remedy}</p>
      <Facts
        facts={[
          [t('Reason'), <code key="reason">{failure.reason}</code>],
          [t('Exit code'), failure.exitCode],
          [t('When'), formatTime(failure.at)],
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
        <T
          text="Its last lines, of the <0>whole log</0>:"
          parts={{ 0: <Link to={`/instances/${instance.id}/logs`} /> }}
        />
      </p>
      <CodeBlock fromEnd label={t('Last lines of the log')} text={lines.map(plainText).join('\n')} />
    </>
  )
}
