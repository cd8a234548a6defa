import type { Node } from '@tsjit/ir'
import type { ScriptObject } from '@tsjit/runtime'
import type { Context } from '../builtins/builtin.ts'
import { leaveContexts } from '../builtins/calls.ts'
import { errorAt } from '../script-error.ts'
import type { BlockProgram, Program, Step } from './program.ts'

/** State of one run. */
interface Frame {
  readonly registers: unknown[]
  /** The node that runs: what an error is reported at. */
  at: Node | undefined
  /** Objects of the `with` statements that are open. */
  readonly entered: ScriptObject[]
}

/** Gear 1: walks a program. Always available; re-entrant, since each run has its own registers. */
export function interpret(program: Program, args: readonly unknown[], context: Context): unknown {
  const frame = newFrame(program, args)
  try {
    runBlock(program.body, frame)
  } catch (error) {
    if (frame.entered.length > 0) leaveContexts(frame.entered, context)
    throw errorAt(error, frame.at, program.name)
  }
  return resultOf(program, frame)
}

/** The same, waiting for segments on other threads. */
export async function interpretAsync(
  program: Program,
  args: readonly unknown[],
  context: Context,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const frame = newFrame(program, args)
  try {
    await runBlockAsync(program.body, frame, signal)
  } catch (error) {
    if (frame.entered.length > 0) leaveContexts(frame.entered, context)
    throw errorAt(error, frame.at, program.name)
  }
  return resultOf(program, frame)
}

function newFrame(program: Program, args: readonly unknown[]): Frame {
  const registers = new Array<unknown>(program.registers)
  for (const [register, value] of program.constants) registers[register] = value
  program.parameters.forEach((register, i) => {
    registers[register] = args[i]
  })
  return { registers, at: undefined, entered: [] }
}

function resultOf({ body }: Program, { registers }: Frame): unknown {
  if (body.results.length === 1) return registers[body.results[0]]
  return body.results.length === 0 ? null : body.results.map((register) => registers[register])
}

function resultsOf(block: BlockProgram, { registers }: Frame): unknown[] {
  const values = block.results.map((register) => registers[register])
  for (let i = 0; i < block.conversions.length; i++) {
    const convert = block.conversions[i]
    if (convert) values[i] = convert(values[i])
  }
  return values
}

function store(registers: unknown[], outputs: readonly number[], values: readonly unknown[], from = 0): void {
  for (let i = 0; i < outputs.length; i++) registers[outputs[i]] = values[i + from]
}

function runBlock(block: BlockProgram, frame: Frame): void {
  const { registers } = frame
  for (const step of block.steps) {
    switch (step.kind) {
      case 'call': {
        frame.at = step.node
        finishCall(step, step.operation.run(...argumentsOf(step, registers)), frame)
        break
      }
      case 'if': {
        const chosen = registers[step.condition] ? step.yes : step.no
        runBlock(chosen, frame)
        store(registers, step.outputs, resultsOf(chosen, frame))
        break
      }
      case 'loop': {
        const loop = startLoop(step, registers)
        for (let i = 0; i < loop.count && loop.condition; i++) {
          enterTurn(step, loop, i, registers)
          runBlock(step.body, frame)
          endTurn(step, loop, frame)
        }
        store(registers, step.outputs, loop.carried)
      }
    }
  }
}

async function runBlockAsync(block: BlockProgram, frame: Frame, signal: AbortSignal | undefined): Promise<void> {
  const { registers } = frame
  for (const step of block.steps) {
    switch (step.kind) {
      case 'call': {
        frame.at = step.node
        const args = argumentsOf(step, registers)
        if (step.operation.runAsync) {
          signal?.throwIfAborted()
          finishCall(step, await step.operation.runAsync(signal, args), frame)
        } else finishCall(step, step.operation.run(...args), frame)
        break
      }
      case 'if': {
        const chosen = registers[step.condition] ? step.yes : step.no
        await runBlockAsync(chosen, frame, signal)
        store(registers, step.outputs, resultsOf(chosen, frame))
        break
      }
      case 'loop': {
        const loop = startLoop(step, registers)
        for (let i = 0; i < loop.count && loop.condition; i++) {
          enterTurn(step, loop, i, registers)
          await runBlockAsync(step.body, frame, signal)
          endTurn(step, loop, frame)
        }
        store(registers, step.outputs, loop.carried)
      }
    }
  }
}

type CallStep = Extract<Step, { kind: 'call' }>
type LoopStep = Extract<Step, { kind: 'loop' }>
interface LoopState {
  readonly count: number
  condition: boolean
  carried: unknown[]
}

function argumentsOf({ inputs, operation }: CallStep, registers: unknown[]): unknown[] {
  const args = new Array<unknown>(inputs.length)
  for (let i = 0; i < inputs.length; i++) args[i] = registers[inputs[i]]
  const { inputs: conversions } = operation
  for (let i = 0; i < conversions.length; i++) {
    const convert = conversions[i]
    if (convert) args[i] = convert(args[i])
  }
  return args
}

function finishCall({ node, operation, inputs, outputs }: CallStep, result: unknown, frame: Frame): void {
  if (node.kind === 'prim::Enter') frame.entered.push(frame.registers[inputs[0]] as ScriptObject)
  else if (node.kind === 'prim::Exit') frame.entered.pop()
  const conversions = operation.outputs
  if (outputs.length === 1) {
    const convert = conversions[0]
    frame.registers[outputs[0]] = convert ? convert(result) : result
    return
  }
  const values = result as unknown[]
  for (let i = 0; i < outputs.length; i++) {
    const convert = conversions[i]
    frame.registers[outputs[i]] = convert ? convert(values[i]) : values[i]
  }
}

function startLoop(step: LoopStep, registers: unknown[]): LoopState {
  return {
    // beyond 2^53 turns nothing ends
    count: Number(registers[step.count] as number | bigint),
    condition: registers[step.condition] as boolean,
    carried: step.initial.map((register, i) => {
      const convert = step.initialConversions[i]
      return convert ? convert(registers[register]) : registers[register]
    }),
  }
}

function enterTurn(step: LoopStep, loop: LoopState, turn: number, registers: unknown[]): void {
  const { parameters } = step.body
  registers[parameters[0]] = turn
  for (let i = 1; i < parameters.length; i++) registers[parameters[i]] = loop.carried[i - 1]
}

function endTurn(step: LoopStep, loop: LoopState, frame: Frame): void {
  const results = resultsOf(step.body, frame)
  loop.condition = results[0] as boolean
  loop.carried = results.slice(1)
}
