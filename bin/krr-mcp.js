#!/usr/bin/env node
// Runs on any Node, so that an old one gets a sentence instead of a crash.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`krr-mcp needs Node 22.19 or newer; this is ${process.version}. See https://nodejs.org`)
  process.exit(1)
}
// What is published has the bundle, which starts in half the time; a checkout has it between `npm run bundle` and the next build.
const bundle = new URL('../dist/main/start/published.js', import.meta.url)
const isBundled = process.getBuiltinModule('node:fs').existsSync(bundle)
await import(isBundled ? bundle.href : '../dist/main/entry/entry.js')
