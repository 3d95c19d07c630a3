import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** A client's end of stdio, over streams of this process. */
export function streamTransport(input: Writable, output: Readable): Transport {
  const transport: Transport = {
    start: () => {
      createInterface({ input: output }).on('line', (line) => transport.onmessage?.(JSON.parse(line) as JSONRPCMessage))
      return Promise.resolve()
    },
    send: (message) => {
      input.write(`${JSON.stringify(message)}\n`)
      return Promise.resolve()
    },
    close: () => {
      input.end()
      transport.onclose?.()
      return Promise.resolve()
    },
  }
  return transport
}
