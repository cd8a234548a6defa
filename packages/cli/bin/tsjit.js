#!/usr/bin/env node
// Stands in the repository so that the package manager can link the command before the first build.
import { existsSync } from 'node:fs'

const entry = new URL('../dist/main.js', import.meta.url)
if (existsSync(entry)) import(entry.href)
else {
  console.error('tsjit: this checkout is not built yet: npm run setup')
  process.exitCode = 2
}
