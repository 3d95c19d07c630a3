import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { wallMillis } from '../../model/time.ts'
import type { Clock } from '../../ports/clock.ts'

/** Names this boot. Where the kernel gives no id, the minute of boot does: a change of it only makes things expire. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return `booted-at-minute-${Math.round((Date.now() / 1000 - uptime()) / 60)}`
  }
}

export function systemClock(): Clock {
  const boot = bootId()
  return {
    // hrtime counts from the same origin in every process of one boot, so that processes can compare it.
    now: () => ({ wall: wallMillis(Date.now()), monotonic: Number(process.hrtime.bigint() / 1_000_000n), boot }),
    async sleep(ms, signal) {
      // An aborted sleep is an early end, not an error: callers look at the signal themselves.
      await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
    },
  }
}
