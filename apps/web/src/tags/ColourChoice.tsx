import { TextField } from '@fluentui/react/lib/TextField'
import { type CSSProperties, useId } from 'react'
import { t } from '../i18n/t.ts'
import form from '../ui/form.module.css'
import { TagChip } from '../ui/TagChip.tsx'
import styles from './ColourChoice.module.css'
import { tagPalette } from './tag-palette.ts'

interface ColourChoiceProps {
  color: string
  /** What the chip says that shows the colour. */
  sample: string
  problem: string | undefined
  onChange: (color: string) => void
}

/** A few colours to choose from, and any other by its number. */
export function ColourChoice({ color, sample, problem, onChange }: ColourChoiceProps) {
  const groupName = useId()
  const isColour = /^#[0-9a-f]{6}$/i.test(color)
  return (
    <fieldset className={form.group}>
      <legend>{t('Colour')}</legend>
      <div className={styles.swatches}>
        {tagPalette.map((swatch) => (
          <input
            key={swatch.color}
            type="radio"
            name={groupName}
            className={styles.swatch}
            style={{ '--swatch': swatch.color } as CSSProperties}
            aria-label={swatch.name}
            title={swatch.name}
            checked={swatch.color === color.toLowerCase()}
            onChange={() => onChange(swatch.color)}
          />
        ))}
      </div>
      <div className={styles.own}>
        <TextField
          label={t('As #rrggbb')}
          value={color}
          autoComplete="off"
          spellCheck={false}
          errorMessage={problem}
          onChange={(_, next) => onChange(next ?? '')}
        />
        <span className={styles.sample}>{isColour && <TagChip tag={{ title: sample, color }} />}</span>
      </div>
    </fieldset>
  )
}
