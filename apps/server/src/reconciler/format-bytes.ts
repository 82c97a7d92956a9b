/** A size for people, such as `1.5 GiB` or `300 MiB`. */
export function formatBytes(bytes: number): string {
  const gibi = 2 ** 30
  return bytes >= gibi ? `${rounded(bytes / gibi)} GiB` : `${rounded(bytes / 2 ** 20)} MiB`
}

function rounded(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '')
}
