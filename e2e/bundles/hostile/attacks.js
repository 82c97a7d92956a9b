// Each attack reports what it achieved; `?attack=<name>` runs one, further parameters name its targets.
const parameters = new URLSearchParams(location.search)
const store = parameters.get('store')
const sibling = parameters.get('sibling')

const attacks = {
  async readApi() {
    return {
      cors: await outcome(fetch(`${store}/api/session`, { credentials: 'include' }).then((answer) => answer.text())),
      opaque: await outcome(
        fetch(`${store}/api/session`, { credentials: 'include', mode: 'no-cors' }).then((answer) => answer.text()),
      ),
      script: await loads('script', `${store}/api/session`),
      image: await loads('img', `${store}/api/apps/${parameters.get('app')}/icon`),
    }
  },
  async driveApi() {
    const path = `${store}/api/instances/${parameters.get('instance')}`
    const json = JSON.stringify({ appId: parameters.get('app') })
    const simple = { method: 'POST', credentials: 'include', mode: 'no-cors' }
    return {
      remove: await outcome(fetch(path, { method: 'DELETE', credentials: 'include' }).then((answer) => answer.status)),
      change: await outcome(
        fetch(path, { method: 'PATCH', credentials: 'include', body: '{"visibility":"PUBLIC"}' }).then(
          (answer) => answer.status,
        ),
      ),
      launch: await outcome(fetch(`${store}/api/instances`, { ...simple, body: json }).then((answer) => answer.type)),
      beacon: navigator.sendBeacon(`${store}/api/instances`, new Blob([json], { type: 'text/plain' })),
    }
  },
  /** Leaves this page: a form whose fields read as JSON, sent by the whole tab. */
  async driveByForm() {
    const form = document.createElement('form')
    form.method = 'post'
    form.enctype = 'text/plain'
    form.action = `${store}/api/instances`
    const field = document.createElement('input')
    field.name = `{"appId":"${parameters.get('app')}","x":"`
    field.value = '"}'
    form.append(field)
    document.body.append(form)
    form.submit()
  },
  async frame() {
    return { store: await frames(`${store}/catalog`), sibling: await frames(`${sibling}/echo`) }
  },
  async readSibling() {
    return {
      cors: await outcome(fetch(`${sibling}/echo`, { credentials: 'include' }).then((answer) => answer.text())),
      opaque: await outcome(fetch(`${sibling}/echo`, { credentials: 'include', mode: 'no-cors' }).then(() => 'sent')),
      socket: await opens(`${sibling.replace('http', 'ws')}/socket`),
    }
  },
  async leaveWorker() {
    if (!navigator.serviceWorker) return 'not offered'
    return outcome(navigator.serviceWorker.register('/worker.js').then(() => 'registered'))
  },
  async stealCookies() {
    return document.cookie
  },
  async plantCookies() {
    const parent = parameters.get('parent')
    for (const cookie of [
      '__Host-wave-ticket=planted; path=/; secure',
      `__Host-wave-session=planted; path=/; secure; domain=${parent}`,
      `__Secure-wave-oidc-interaction=planted; path=/; secure; domain=${parent}`,
      `wide=planted; path=/; domain=${parent}`,
    ]) {
      // biome-ignore lint/suspicious/noDocumentCookie: what an attacker has
      document.cookie = cookie
    }
    return document.cookie
  },
  /** Opens the store beside itself and tries to hold on to it. */
  async openStore() {
    const opened = window.open(`${store}/catalog`)
    const isCut = () => opened === null || opened.closed
    for (let look = 0; look < 200 && !isCut(); look++) await new Promise((resolve) => setTimeout(resolve, 50))
    return { isCut: isCut(), reads: await outcome(readLocation(opened)) }
  },
}

async function readLocation(opened) {
  return opened.location.href
}

async function outcome(promise) {
  try {
    return await promise
  } catch (error) {
    return `refused: ${error.name}`
  }
}

function loads(tag, address) {
  return new Promise((resolve) => {
    const element = document.createElement(tag)
    element.onload = () => resolve('loaded')
    element.onerror = () => resolve('refused')
    element.src = address
    document.body.append(element)
  })
}

/** Whether a page shows in a frame: one that refuses to be framed leaves an error page of the browser's there. */
function frames(address) {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe')
    frame.onload = () => resolve('loaded')
    frame.src = address
    document.body.append(frame)
  })
}

function opens(address) {
  return new Promise((resolve) => {
    const socket = new WebSocket(address)
    socket.onopen = () => resolve('open')
    socket.onerror = () => resolve('refused')
  })
}

const attack = attacks[parameters.get('attack')]
if (attack)
  attack().then((result) => {
    document.querySelector('#result').textContent = JSON.stringify(result)
  })
