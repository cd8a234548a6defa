// Sets the checkout up, then runs the demonstration.       node tools/demo.mjs
import { run } from './setup.mjs'

run('node', ['tools/setup.mjs'])
run('node', ['examples/digits/demo.mjs'])
