import { Dropdown, type IDropdownOption } from '@fluentui/react/lib/Dropdown'
import type { AppDetails } from '@wave-store/contract'
import { useNavigate, useParams } from 'react-router'
import { t } from '../i18n/t.ts'
import { describeVisibility } from '../ui/visibility.ts'
import styles from './VersionPicker.module.css'

/** Leads to another version of the name, at the same tab. */
export function VersionPicker({ app }: { app: AppDetails }) {
  const { tab } = useParams()
  const navigate = useNavigate()
  const options: IDropdownOption[] = app.versions.map(({ id, version, visibility }) => ({
    key: id,
    text: t('version {version}, {toLowerCase}', {
      version,
      toLowerCase: describeVisibility(visibility).label.toLowerCase(),
    }),
  }))
  return (
    <Dropdown
      className={styles.picker}
      ariaLabel={t('Version')}
      selectedKey={app.id}
      options={options}
      dropdownWidth="auto"
      onChange={(_, option) => option && navigate(`/apps/${option.key}${tab ? `/${tab}` : ''}`)}
    />
  )
}
