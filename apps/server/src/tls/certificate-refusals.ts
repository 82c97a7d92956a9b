/**
 * What is wrong with a certificate, in the words of the start and of the log.
 *
 * @param cert name of the setting that says where the certificate is
 * @param key name of the setting that says where its key is
 */
export const certificateRefusals = (cert: string, key: string) => ({
  certUnreadable: `${cert} cannot be read: the file is missing, or the store may not read it.`,
  keyUnreadable: `${key} cannot be read: the file is missing, or the store may not read it.`,
  noCert: `${cert} must be a certificate in PEM form, followed by those that vouch for it.`,
  noKey: `${key} must be a private key in PEM form, without a passphrase.`,
  mismatch: `${key} must be the key of the certificate in ${cert}; it is another's.`,
  notForStore: `${cert} must be a certificate for the host of WAVE_STORE_PUBLIC_URL; it names others.`,
  notForApps: `${cert} must be a certificate for all names below WAVE_STORE_APPS_HOST, by a wildcard such as *.apps.example.net.`,
})

export type CertificateRefusals = ReturnType<typeof certificateRefusals>
