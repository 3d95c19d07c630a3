// A bundle of an earlier build would go on being started instead of what was built after it.
import { rmSync } from 'node:fs'
import { join } from 'node:path'

rmSync(join(import.meta.dirname, '../dist/main/start'), { recursive: true, force: true })
