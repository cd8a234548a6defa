import { cpuUnavailable, createCpuBackend } from '@tsjit/backend-cpu'
import { createReferenceBackend } from '@tsjit/backend-reference'
import { it } from 'vitest'
import { backendContract } from '../src/backend-contract.ts'

backendContract('reference', 'reference', () => createReferenceBackend({ deviceTypes: ['reference'] }))

const problem = cpuUnavailable()
if (problem) it.skip(`the backend contract: cpu (${problem.message})`)
else backendContract('cpu', 'cpu', () => createCpuBackend()!)
