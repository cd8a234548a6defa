import { SugaredValue } from './sugared-value.ts'

/** Calls whose arguments are not evaluated in the ordinary way; `emit-special-form.ts` has a row for each. */
export type SpecialForm =
  | 'fork'
  | 'awaitable'
  | 'rpc_async'
  | 'rpc_sync'
  | 'rpc_remote'
  | 'annotate'
  | 'unchecked_cast'
  | 'uninitialized'
  | 'getattr'
  | 'hasattr'
  | 'isinstance'
  | 'tuple'
  | 'list'
  | 'dict'
  | 'range'
  | 'enumerate'
  | 'zip'
  | 'tolist'
  | 'getitem'
  | '__new__'
  | 'LegacyTypedConstructor'

export class SpecialFormValue extends SugaredValue {
  constructor(
    readonly form: SpecialForm,
    /** The dtype code of `torch.FloatTensor(…)` and its like. */
    readonly dtype?: number,
  ) {
    super()
  }
  get kind(): string {
    return this.form === 'tuple' ? 'TupleConstruct' : this.form
  }
}
