// `npm run bundle [-- FOLDER]`: makes the published form of what was built in FOLDER/dist (default: here).
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeBundle } from './bundle/make-bundle.ts'
import { startFiles } from './bundle/start-files.ts'
import { thirdPartyLicences } from './bundle/third-party.ts'

const dist = join(resolve(process.argv[2] ?? join(import.meta.dirname, '..')), 'dist')
const chunks = await makeBundle(dist)
writeFileSync(
  join(dist, 'main/start/THIRD-PARTY.txt'),
  thirdPartyLicences(chunks.flatMap(({ moduleIds }) => moduleIds)),
)
const kilobytes = (files: typeof chunks): number =>
  Math.round(files.reduce((sum, { code }) => sum + code.length, 0) / 1000)
const start = startFiles(chunks)
console.log(
  `${start.length} files, ${kilobytes(start)} KB, before the first answer: ${start.map(({ fileName }) => fileName).join(', ')}`,
)
console.log(`${chunks.length} files, ${kilobytes(chunks)} KB in all`)
