import { BlockList, isIP } from 'node:net'
import type { ConnectionRequest } from './connection-request.ts'

type Environment = ConnectionRequest['environment']

/** The proxy that `HTTPS_PROXY` (or `HTTP_PROXY` for plain http) and `NO_PROXY` name for an origin, by Go's rules, as for kubectl. */
export function environmentProxy(origin: string, environment: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(origin)
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const proxy = environment[name] || environment[name.toLowerCase()]
  const exceptions = environment.NO_PROXY || environment.no_proxy || ''
  const host = hostname.replace(/^\[|\]$/g, '')
  // A tunnel to this machine would end on another one.
  if (!proxy || host === 'localhost' || isIn('127.0.0.0/8', host) || host === '::1') return undefined
  const excepted = exceptions.split(',').some((exception) => matches(exception.trim().toLowerCase(), host, port))
  if (excepted) return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

function matches(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true
  if (exception.includes('/')) return isIn(exception, host)
  const [, name = exception, onlyPort] = /^(.+):(\d+)$/.exec(exception) ?? []
  if (isIP(exception) === 0 && onlyPort !== undefined && onlyPort !== (port || '443')) return false
  const bare = name.replace(/^\*?\./, '')
  const inside = bare !== '' && host.endsWith(`.${bare}`)
  return inside || (host === name && name !== '')
}

function isIn(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (
    isIP(address) === 0 ||
    isIP(host) !== isIP(address) ||
    !/^\d{1,3}$/.test(bits) ||
    Number(bits) > (family === 'ipv6' ? 128 : 32)
  )
    return false
  const list = new BlockList()
  list.addSubnet(address, Number(bits), family)
  return list.check(host, family)
}
