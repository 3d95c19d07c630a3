const USER_INFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi
const CREDENTIAL = /\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]+)?/g

/**
 * A sentence or an address without what could be a login. Our own messages hold none; a server's words are in some of them,
 * and a recording is sent to others.
 */
export const withoutSecrets = (text: string): string =>
  text.replace(USER_INFO, '$1').replace(CREDENTIAL, '$1 …').replace(JSON_WEB_TOKEN, '…')
