import { BlockList, isIP } from 'node:net'
import type { ConnectionRequest } from './connection-request.ts'

type Environment = ConnectionRequest['environment']

/** The proxy that `HTTPS_PROXY` (or `HTTP_PROXY` for plain http) and `NO_PROXY` name for an origin, by Go's rules, as for kubectl. */
export function environmentProxy(origin: string, environment: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(origin)
  const proxy = setting(environment, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY')
  const host = hostname.replace(/^\[|\]$/g, '')
  if (proxy === undefined || isThisMachine(host)) return undefined
  const exceptions = (setting(environment, 'NO_PROXY') ?? '').toLowerCase().split(',')
  if (exceptions.some((exception) => matches(exception.trim(), host, port || '443'))) return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

const setting = (environment: Environment, name: string): string | undefined =>
  environment[name] || environment[name.toLowerCase()] || undefined

// A tunnel to this machine would end on another one.
const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || isIn('127.0.0.0/8', host)

function matches(exception: string, host: string, port: string): boolean {
  if (exception === '') return false
  if (exception === '*' || exception === host) return true
  if (exception.includes('/')) return isIn(exception, host)
  if (isIP(exception) > 0) return false
  const [name = '', onlyPort = port] = exception.split(':')
  const bare = name.replace(/^\*?\./, '')
  return onlyPort === port && (host === name || host.endsWith(`.${bare}`))
}

/** Is this address in `10.0.0.0/8`? */
function isIn(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.split('/')
  const version = isIP(address)
  if (version === 0 || isIP(host) !== version) return false
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > (version === 6 ? 128 : 32)) return false
  const family = version === 6 ? 'ipv6' : 'ipv4'
  const list = new BlockList()
  list.addSubnet(address, Number(bits), family)
  return list.check(host, family)
}
