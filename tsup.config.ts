import { existsSync } from 'node:fs'
import { defineConfig } from 'tsup'

/** One configuration for every package: ES modules for Node 20, workspace packages left as imports. Types come from `tsc -b`. */
export default defineConfig({
  entry: ['src/index.ts', ...['src/backend.ts', 'src/main.ts', 'src/replay.ts'].filter((file) => existsSync(file))],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  splitting: true,
  sourcemap: true,
  // hashed chunks of earlier builds go, what `tsc -b` wrote stays
  clean: ['!**/*.d.ts', '!**/*.tsbuildinfo'],
  dts: false,
  outExtension: () => ({ js: '.js' }),
})
