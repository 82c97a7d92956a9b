import { t } from '../i18n/t.ts'
import styles from './PackageList.module.css'

/** Names and versions, as `pip list` says them. */
export function PackageList({ packages }: { packages: { name: string; version: string }[] }) {
  if (packages.length === 0) return <p>{t('No package is installed in it.')}</p>
  return (
    <table className={styles.packages}>
      <caption className="visually-hidden">{t('Packages')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('Package')}</th>
          <th scope="col">{t('Version')}</th>
        </tr>
      </thead>
      <tbody>
        {packages.map(({ name, version }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>{version}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
