/**
 * What an operator may not set, in the words that the start refuses it with. docs/production.md lists them all, with
 * what to do.
 */
export const refusals = {
  plainHttp:
    'WAVE_STORE_PUBLIC_URL must begin with https:// unless it is on localhost: browsers keep its cookies only then.',
  addressAsStore:
    'WAVE_STORE_PUBLIC_URL must name a host, not an IP address: certificates and cookies go by names. Without one, use localhost.',
  addressAsApps:
    'WAVE_STORE_APPS_HOST must be a name, not an IP address: every instance lives at a name of its own below it.',
  appsHostForm: 'WAVE_STORE_APPS_HOST must be a lower-case host name with an optional port, such as apps.example.net.',
  appsHostMissing:
    'WAVE_STORE_APPS_HOST must be set unless WAVE_STORE_PUBLIC_URL is on localhost: apps need a domain of their own, such as apps.example.net.',
  appsAtStore:
    'WAVE_STORE_APPS_HOST must be neither the host of WAVE_STORE_PUBLIC_URL nor below it: an app could set cookies for the store. Take a domain of its own, such as apps.example.net.',
  storeBelowApps:
    'WAVE_STORE_PUBLIC_URL must not be below WAVE_STORE_APPS_HOST: the store would stand among the apps. Take a domain of its own for either.',
  plainApps:
    'WAVE_STORE_APPS_HOST must be on localhost while WAVE_STORE_PUBLIC_URL is plain HTTP: browsers keep the cookies of instances only there.',
  appsPort:
    'WAVE_STORE_APPS_HOST must have the port of WAVE_STORE_PUBLIC_URL: the store listens on one port. Only a proxy in front (WAVE_STORE_TRUSTED_PROXY_HOPS) can give apps another.',
  halfTls: 'WAVE_STORE_TLS_CERT_FILE and WAVE_STORE_TLS_KEY_FILE go together: one is set, the other is not.',
  halfAppsTls:
    'WAVE_STORE_TLS_APPS_CERT_FILE and WAVE_STORE_TLS_APPS_KEY_FILE go together: one is set, the other is not.',
  onlyAppsTls:
    'WAVE_STORE_TLS_APPS_CERT_FILE is a second certificate beside WAVE_STORE_TLS_CERT_FILE, which is not set.',
  tlsWithoutHttps:
    'WAVE_STORE_PUBLIC_URL must begin with https:// when WAVE_STORE_TLS_CERT_FILE is set: the store answers nothing but TLS then.',
  developmentReachable:
    'WAVE_STORE_DEVELOPMENT_ACCOUNTS must be off when the store can be reached from other machines or has an OpenID Connect issuer: they need no password. Listen on 127.0.0.1 with a public URL on localhost, or leave them off.',
  developmentBehindProxy:
    'WAVE_STORE_DEVELOPMENT_ACCOUNTS must be off when WAVE_STORE_TRUSTED_PROXY_HOPS says that a proxy stands in front: they need no password, and others may come through it.',
} as const
