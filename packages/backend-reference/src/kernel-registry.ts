import { type Operator, operatorByKey } from '@tsjit/ops'
import type { Kernel, KernelTable } from '@tsjit/runtime/backend'
import { TsjitError } from '@tsjit/types'
import { refusing } from './refused-dtypes.ts'

interface Row {
  readonly schema: string
  readonly kernel: Kernel
  readonly file: string
}

/** Kernel tables by operator key. A row's schema text is compared with the operator table's when it is first asked for. */
export class KernelRegistry {
  private readonly rows = new Map<string, Row>()

  /** `file` is where the table stands, for messages. */
  add(file: string, table: KernelTable): void {
    for (const schema of Object.keys(table)) this.rows.set(schema.slice(0, schema.indexOf('(')), { schema, kernel: table[schema], file })
  }

  /** Throws TSJ_KERNEL_SCHEMA where the row was written against another version of the operator table. */
  find(operator: Operator): Kernel | undefined {
    const row = this.rows.get(operator.key)
    if (row && row.schema !== operator.schema.toString()) throw mismatch(row, operator.key, operator)
    return row && refusing(operator, row.kernel)
  }

  keys(): string[] {
    return [...this.rows.keys()]
  }

  /** Checks every row; throws TSJ_KERNEL_SCHEMA at the first that is not in the operator table. */
  check(): void {
    for (const [key, row] of this.rows) {
      const operator = operatorByKey(key)
      if (!operator || row.schema !== operator.schema.toString()) throw mismatch(row, key, operator)
    }
  }
}

function mismatch(row: Row, key: string, operator: Operator | undefined): TsjitError {
  const expected = operator ? `'${operator.schema}'` : 'no operator of that name'
  return new TsjitError(
    'TSJ_KERNEL_SCHEMA',
    `kernel for operator '${key}': the operator table has ${expected}, ${row.file} has '${row.schema}'`,
    {
      hint: 'write the schema text exactly as the operator table has it',
    },
  )
}
