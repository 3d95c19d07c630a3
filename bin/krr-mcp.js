#!/usr/bin/env node
// Runs on any Node, so that an old one gets a sentence instead of a crash.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`krr-mcp needs Node 22.19 or newer; this is ${process.version}. See https://nodejs.org`)
  process.exit(1)
}
await import('../dist/main/entry/entry.js')
